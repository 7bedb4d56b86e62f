using System.Text.Json;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>Reads the requests of an HTTP archive, as browsers and proxies export it (HAR 1.2, log.entries[].request).</summary>
internal static class HarReader
{
    /// <summary>The entries in their order; null for one without method and URL.</summary>
    /// <exception cref="CliException">It is no HAR.</exception>
    public static IEnumerable<RecordedRequest?> Read(Stream stream)
    {
        using var document = Parse(stream);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("log", out var log) || log.ValueKind != JsonValueKind.Object
            || !log.TryGetProperty("entries", out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            throw new CliException(ExitCode.Failed, "The file is no HAR: it has no log.entries.");
        }

        foreach (var entry in entries.EnumerateArray()) yield return ReadEntry(entry);
    }

    private static JsonDocument Parse(Stream stream)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException error)
        {
            throw new CliException(ExitCode.Failed, $"The file is no HAR: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: it is no JSON there.");
        }
    }

    private static RecordedRequest? ReadEntry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("request", out var request) || request.ValueKind != JsonValueKind.Object) return null;
        if (Text(request, "method") is not { } method || Text(request, "url") is not { } url || RecordedRequest.Of(method, url) is not { } recorded) return null;
        if (!request.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Array) return recorded;
        return recorded with { Accept = Header(headers, "Accept"), AcceptLanguage = Header(headers, "Accept-Language"), UserAgent = Header(headers, "User-Agent") };
    }

    private static string? Header(JsonElement headers, string name) => headers.EnumerateArray()
        .Where(header => header.ValueKind == JsonValueKind.Object && string.Equals(Text(header, "name"), name, StringComparison.OrdinalIgnoreCase))
        .Select(header => Text(header, "value"))
        .FirstOrDefault();

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
