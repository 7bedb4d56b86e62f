using System.Collections.Frozen;

namespace Strangler.Core.Compare.Content;

/// <summary>Which headers nobody compares, which hold lists, and which can hold nothing personal.</summary>
internal static class HeaderPolicy
{
    public const string SetCookie = "Set-Cookie";

    // They tell of one answer, one server or one way through the network, or are compared in another way.
    private static readonly FrozenSet<string> Volatile = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Age", "Alt-Svc", "Content-Encoding", "Content-Length", "Content-Type", "Date", "ETag", "Expires", "Last-Modified", "Location", "NEL", "Report-To",
        "Request-Id", "Server", "Server-Timing", "Traceparent", "Tracestate", "Traceresponse", "Via", "X-AspNet-Version", "X-AspNetMvc-Version",
        "X-Cache", "X-Cache-Hits", "X-Correlation-Id", "X-Powered-By", "X-Request-Id", "X-Response-Time", "X-Runtime", "X-Served-By",
        "X-Service-Version", "X-Timer", "X-Trace-Id");

    private static readonly string[] VolatileStarts = ["RateLimit", "X-RateLimit", "X-Amz-Cf-", "CF-"];

    private static readonly FrozenSet<string> Lists = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Accept-Ranges", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Expose-Headers", "Allow", "Cache-Control",
        "Content-Language", "Vary");

    public static bool IsVolatile(string name) =>
        Volatile.Contains(name) || Array.Exists(VolatileStarts, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for lists of known words: they can be shown.</summary>
    public static bool IsPublic(string name) => Lists.Contains(name);

    /// <summary>The value in the one spelling that equal values share.</summary>
    public static string Canonical(string name, string value)
    {
        if (!Lists.Contains(name)) return value.Trim();
        var items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(", ", items.Select(item => item.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
