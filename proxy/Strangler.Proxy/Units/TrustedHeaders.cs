using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;

namespace Strangler.Proxy.Units;

/// <summary>The headers that say who somebody is: believed from listed proxies, dropped from anybody else.</summary>
internal static class TrustedHeaders
{
    /// <summary>Drops what this client must not say, so that no backend believes it either.</summary>
    public static void Drop(HttpContext context, UnitRules rules)
    {
        Drop(context, rules.Account?.Header);
        Drop(context, rules.Groups);
    }

    /// <summary>
    /// What a listed proxy says; empty from anybody else. Also empty when the header stands there twice: a proxy that adds its own without
    /// taking away the client's vouches for neither.
    /// </summary>
    public static ReadOnlySpan<char> Read(HttpContext context, TrustedHeader? header)
    {
        if (header is null || context.Request.Headers[header.Name] is not [{ Length: > 0 } value]) return [];
        return Peer.IsIn(context, header.From) ? value.AsSpan().Trim() : [];
    }

    /// <summary>Drops one header, unless a listed proxy has sent it.</summary>
    public static void Drop(HttpContext context, TrustedHeader? header)
    {
        if (header is null || !context.Request.Headers.ContainsKey(header.Name)) return;
        if (!Peer.IsIn(context, header.From)) context.Request.Headers.Remove(header.Name);
    }
}
