using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Admin.Access;

/// <summary>Whether a change is only asked about, which everybody may who may look.</summary>
internal static class DryRun
{
    public static bool IsAsked(HttpRequest request) =>
        string.Equals(request.Query["dryRun"], "true", StringComparison.OrdinalIgnoreCase);
}
