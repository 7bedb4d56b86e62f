using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Units;

/// <summary>
/// Tells a person's request for a page from everything that a page loads with it. A first visit asks for a dozen things at once, none of
/// them with a cookie: only the page itself gets an id, so that the visitor has one and not a dozen.
/// </summary>
internal static class PageRequest
{
    private const string Html = "text/html";

    /// <summary>
    /// True for a top-level navigation by GET: <c>Sec-Fetch-Mode: navigate</c> with <c>Sec-Fetch-Dest: document</c>, or, from a client that
    /// sends neither, an Accept that begins with <c>text/html</c>. Not for one that a browser makes ahead of its user, of which there may
    /// be many at once.
    /// </summary>
    public static bool Is(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method)) return false;
        var headers = request.Headers;
        if (headers.ContainsKey("Sec-Purpose") || headers.ContainsKey("Purpose") || headers.ContainsKey("X-Moz")) return false;
        var (mode, destination) = (headers["Sec-Fetch-Mode"], headers["Sec-Fetch-Dest"]);
        return mode.Count == 0 && destination.Count == 0 ? PrefersHtml(headers.Accept) : mode == "navigate" && destination == "document";
    }

    private static bool PrefersHtml(string? accept)
    {
        var first = accept.AsSpan().TrimStart();
        if (!first.StartsWith(Html, StringComparison.OrdinalIgnoreCase)) return false;
        var after = first[Html.Length..];
        return after.IsEmpty || after[0] is ',' or ';' or ' ';
    }
}
