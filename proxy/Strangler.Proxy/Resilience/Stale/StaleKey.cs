using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>What was asked, and the side whose answer it is. Made of strings that the request has anyway.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StaleKey(Side Side, string? Host, string? Path, string? Query)
{
    /// <summary>Bytes of its strings.</summary>
    public long Size => sizeof(char) * ((long)(Host?.Length ?? 0) + (Path?.Length ?? 0) + (Query?.Length ?? 0));

    public static StaleKey Of(HttpRequest request, Side side) => new(side, request.Host.Value, request.Path.Value, request.QueryString.Value);
}
