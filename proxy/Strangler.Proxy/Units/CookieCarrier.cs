using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Strangler.Proxy.Units;

/// <summary>
/// Which answers may carry a cookie of ours. One that a shared cache may keep would give the same cookie to everybody behind that cache.
/// </summary>
/// <remarks>
/// Of answers with a status of 200 to 299 but 206, these, asked in this order:
/// <list type="number">
/// <item>none with <c>Surrogate-Control</c> or a <c>...CDN-Cache-Control</c>: they tell a shared cache something else than Cache-Control does;</item>
/// <item>none with <c>public</c> or <c>s-maxage</c>;</item>
/// <item>those with <c>no-store</c>, or with <c>private</c> for all of the answer and not only for named fields;</item>
/// <item>none with any other <c>Cache-Control</c> or <c>Expires</c>: each allows to keep it, if only until it is asked about again;</item>
/// <item>those that say nothing about caches and set a cookie already: they belong to one client as it is;</item>
/// <item>none else: a cache may keep what says nothing.</item>
/// </list>
/// </remarks>
internal static class CookieCarrier
{
    /// <summary>True when the answer, whose headers are complete, may carry a cookie.</summary>
    public static bool Is(HttpResponse response) =>
        response.StatusCode is >= 200 and < 300 and not StatusCodes.Status206PartialContent
        && MayCarry(response.Headers, keptOnlyWhenToldTo: false);

    /// <summary>
    /// True when the answer to a write, whose headers are complete, may carry a cookie, whatever its status. A cache keeps what answers a POST
    /// or PATCH only when it is told for how long and under which address, and what answers another write never (RFC 9110, 9.3; RFC 9111,
    /// 3): so these may say nothing. Explicit words to shared caches count as above.
    /// </summary>
    public static bool IsOfWrite(HttpRequest request, HttpResponse response) =>
        MayCarry(response.Headers, keptOnlyWhenToldTo: !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method));

    private static bool MayCarry(IHeaderDictionary headers, bool keptOnlyWhenToldTo)
    {
        if (headers.Keys.Any(IsTargetedAtCaches)) return false;
        var directives = Directives(headers.CacheControl);
        if (directives.Exists(d => Named(d, "public") || Named(d, "s-maxage"))) return false;
        if (directives.Exists(d => Named(d, "no-store") || d.Equals("private", StringComparison.OrdinalIgnoreCase))) return true;
        var saysNothing = directives.Count == 0 && headers.Expires.Count == 0;
        return keptOnlyWhenToldTo ? saysNothing || headers.ContentLocation.Count == 0 : saysNothing && headers.SetCookie.Count > 0;
    }

    private static bool IsTargetedAtCaches(string name) =>
        name.EndsWith("CDN-Cache-Control", StringComparison.OrdinalIgnoreCase) || name.Equals("Surrogate-Control", StringComparison.OrdinalIgnoreCase);

    // A comma inside quotes cuts a list of field names in two; neither half is then one of the names that we look for.
    private static List<string> Directives(StringValues values) => [.. values
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static bool Named(string directive, string name) =>
        directive.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (directive.Length == name.Length || directive[name.Length] is '=' or ' ');
}
