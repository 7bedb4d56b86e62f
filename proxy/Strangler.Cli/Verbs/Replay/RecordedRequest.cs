namespace Strangler.Cli.Verbs.Replay;

/// <summary>A request that a recording holds, as far as it is sent again: no cookie, no credentials, no body.</summary>
/// <param name="Method">Upper-case method.</param>
/// <param name="Path">Path as it was sent, escaped.</param>
/// <param name="Query">Query with its question mark; empty for none.</param>
/// <param name="Accept">Accept; null for none.</param>
/// <param name="AcceptLanguage">Accept-Language; null for none.</param>
/// <param name="UserAgent">User-Agent; null for none.</param>
internal sealed record RecordedRequest(string Method, string Path, string Query, string? Accept, string? AcceptLanguage, string? UserAgent)
{
    /// <summary>Reads a target, with or without scheme and host; null when it is none.</summary>
    public static RecordedRequest? Of(string method, string target)
    {
        if (!target.StartsWith('/'))
        {
            if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return null;
            target = url.PathAndQuery;
        }

        // A fragment is the browser's own and never sent.
        target = target.Split('#', 2)[0];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0
            ? new RecordedRequest(method.ToUpperInvariant(), target, "", null, null, null)
            : new RecordedRequest(method.ToUpperInvariant(), target[..query], target[query..], null, null, null);
    }
}
