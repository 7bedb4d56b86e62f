using System.Collections.Frozen;
using System.Net.Http.Headers;

namespace Strangler.Core.Compare;

/// <summary>The headers of a received answer in the form of <see cref="Answer.Headers"/>.</summary>
public static class ResponseHeaders
{
    /// <summary>The one header whose lines must not be joined (RFC 6265, 3).</summary>
    public const string SetCookie = "Set-Cookie";

    // They are about one connection, not about the answer (RFC 9110, 7.6.1).
    private static readonly FrozenSet<string> Connection = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    /// <summary>Those of an answer, without the connection's.</summary>
    public static List<KeyValuePair<string, string>> Of(HttpResponseMessage response)
    {
        var (head, content) = (response.Headers.NonValidated, response.Content.Headers.NonValidated);
        var all = new List<KeyValuePair<string, string>>(head.Count + content.Count);
        Add(all, head);
        Add(all, content);
        return all;
    }

    /// <summary>True for a header that is about the connection, not about the answer.</summary>
    public static bool IsOfTheConnection(string name) => Connection.Contains(name);

    private static void Add(List<KeyValuePair<string, string>> all, HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            if (IsOfTheConnection(name)) continue;
            if (!name.Equals(SetCookie, StringComparison.OrdinalIgnoreCase)) all.Add(new(name, values.ToString()));
            else foreach (var line in values) all.Add(new(SetCookie, line));
        }
    }
}
