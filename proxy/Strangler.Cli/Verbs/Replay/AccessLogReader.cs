namespace Strangler.Cli.Verbs.Replay;

/// <summary>
/// Reads the requests of an access log in the common format of web servers, or in the combined one that adds referrer and user agent:
/// <c>HOST IDENT USER [TIME] "GET /path HTTP/1.1" STATUS BYTES "REFERRER" "USER-AGENT"</c>.
/// </summary>
internal static class AccessLogReader
{
    private const int PartsOfARequestLine = 3;
    private const int UserAgentText = 2;

    /// <summary>The lines in their order; null for one that is no request, such as a handshake that failed.</summary>
    public static IEnumerable<RecordedRequest?> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0) yield return ReadLine(line);
        }
    }

    private static RecordedRequest? ReadLine(string line)
    {
        var texts = QuotedTexts(line);
        if (texts.Count == 0 || texts[0].Split(' ') is not { Length: PartsOfARequestLine } parts || !parts[2].StartsWith("HTTP/", StringComparison.Ordinal)) return null;
        var request = RecordedRequest.Of(parts[0], parts[1]);
        return request is not null && texts.Count > UserAgentText && texts[UserAgentText] is not "-" ? request with { UserAgent = texts[UserAgentText] } : request;
    }

    // Servers write a quote inside a text as \".
    private static List<string> QuotedTexts(string line)
    {
        var texts = new List<string>();
        for (var at = line.IndexOf('"', StringComparison.Ordinal); at >= 0; at = line.IndexOf('"', at + 1))
        {
            var end = at + 1;
            while (end < line.Length && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
            if (end >= line.Length) break;
            texts.Add(line[(at + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal));
            at = end;
        }

        return texts;
    }
}
