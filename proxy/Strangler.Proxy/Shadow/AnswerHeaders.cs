using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Redaction;

namespace Strangler.Proxy.Shadow;

/// <summary>The headers of an answer, as <see cref="Core.Compare.Answer.Headers"/> has them.</summary>
internal static class AnswerHeaders
{
    private const string SetCookie = "Set-Cookie";
    private const string Own = "Strangler-";
    private const string OwnOverTls = "__Host-" + Own;
    private const int MaxBuildLength = 100;

    // They are about one connection, not about the answer (RFC 9110, 7.6.1).
    private static readonly FrozenSet<string> OfTheConnection = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    /// <summary>Those of the answer that a client gets, without what the edge itself has added to it.</summary>
    public static List<KeyValuePair<string, string>> Of(IHeaderDictionary headers)
    {
        var all = new List<KeyValuePair<string, string>>(headers.Count);
        foreach (var (name, values) in headers)
        {
            if (!name.Equals(SetCookie, StringComparison.OrdinalIgnoreCase)) Add(all, name, values.Count == 1 ? values[0] : string.Join(", ", values.ToArray()));
            else foreach (var line in values) Add(all, SetCookie, line);
        }

        return all;
    }

    /// <summary>Those of an answer to the shadow.</summary>
    public static List<KeyValuePair<string, string>> Of(HttpResponseMessage response)
    {
        var (head, content) = (response.Headers.NonValidated, response.Content.Headers.NonValidated);
        var all = new List<KeyValuePair<string, string>>(head.Count + content.Count);
        Add(all, head);
        Add(all, content);
        return all;
    }

    /// <summary>The value of a header; null when it is not there.</summary>
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        }

        return null;
    }

    /// <summary>The build that a side states in a header: at most 100 characters; empty when it states none.</summary>
    /// <param name="headers">The headers of its answer.</param>
    /// <param name="header">The header that the rules name; null for none.</param>
    public static string Build(IReadOnlyList<KeyValuePair<string, string>> headers, string? header)
    {
        if (header is null || Find(headers, header) is not { } value) return "";
        var build = value.AsSpan().Trim();
        if (build.Length > MaxBuildLength) build = build[..MaxBuildLength];
        return build.ContainsAnyExceptInRange(' ', '~') ? "" : PersonalData.Mask(build.ToString());
    }

    private static void Add(List<KeyValuePair<string, string>> all, HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            if (!name.Equals(SetCookie, StringComparison.OrdinalIgnoreCase)) Add(all, name, values.ToString());
            else foreach (var line in values) Add(all, SetCookie, line);
        }
    }

    private static void Add(List<KeyValuePair<string, string>> all, string name, string? value)
    {
        if (OfTheConnection.Contains(name) || name.StartsWith(Own, StringComparison.OrdinalIgnoreCase)) return;
        if (ReferenceEquals(name, SetCookie) && IsOwnCookie(value)) return;
        all.Add(new(name, value ?? ""));
    }

    private static bool IsOwnCookie(string? line) =>
        line is not null && (line.StartsWith(Own, StringComparison.Ordinal) || line.StartsWith(OwnOverTls, StringComparison.Ordinal));
}
