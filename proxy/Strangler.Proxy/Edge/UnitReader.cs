using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Strangler.Core.Model;

namespace Strangler.Proxy.Edge;

/// <summary>Finds the unit of a request without parsing or copying what it does not need.</summary>
public static class UnitReader
{
    /// <summary>The unit; empty when the request names nobody. Allocates nothing.</summary>
    public static ReadOnlySpan<char> Read(HttpRequest request, UnitRules rules) =>
        rules.SessionCookie is null ? [] : FindCookie(request.Headers.Cookie, rules.SessionCookie);

    // The first cookie of that name, as the user agent orders them (RFC 6265, 5.4).
    private static ReadOnlySpan<char> FindCookie(StringValues headers, string name)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            var rest = headers[i].AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).Trim();
                if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
                {
                    return pair[(name.Length + 1)..];
                }

                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        return [];
    }
}
