using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Strangler.Core.Graphql;

/// <summary>
/// Says of a GraphQL request over HTTP whether it only reads. The answer decides whether a copy may be sent: whatever two servers could
/// read differently is no query.
/// </summary>
public static class GraphqlRequest
{
    private static readonly string[] Known = ["query", "operationName", "variables", "extensions"];

    /// <summary>True for a GET whose <c>query</c> parameter is a query.</summary>
    /// <param name="queryString">The query of the address, with or without its question mark.</param>
    public static bool IsQuery(string queryString)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var text = queryString.StartsWith('?') ? queryString[1..] : queryString;

        // Some servers take it for another '&'.
        if (text.Contains(';', StringComparison.Ordinal)) return false;
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return false;
            if (Unescape(part[..equals]) is not { } name || Unescape(part[(equals + 1)..]) is not { } value) return false;
            if (!Known.Contains(name) || !fields.TryAdd(name, value)) return false;
        }

        return fields.TryGetValue("query", out var document)
            && NamesNoPersistedQuery(fields.GetValueOrDefault("extensions"))
            && !(fields.TryGetValue("operationName", out var operation) && operation.Length == 0)
            && GraphqlDocument.RunsAQuery(document, operation);
    }

    /// <summary>True for a POST whose body is one request in JSON, and a query.</summary>
    /// <param name="queryString">The query of the address; must be empty, because some servers prefer what stands there.</param>
    /// <param name="contentType">The Content-Type header.</param>
    /// <param name="body">The body, not compressed.</param>
    public static bool IsQuery(string queryString, string? contentType, ReadOnlySpan<byte> body)
    {
        if (queryString.Length > 0 || !IsJson(contentType)) return false;
        try
        {
            var reader = new Utf8JsonReader(body);
            return TryRead(ref reader, out var document, out var operation) && GraphqlDocument.RunsAQuery(document, operation);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // One object, each key once however it is spelled, none that is not in the specification, and no list of requests.
    private static bool TryRead(ref Utf8JsonReader reader, out string? document, out string? operation)
    {
        (document, operation) = (null, null);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!Known.Contains(name) || !seen.Add(name) || !reader.Read()) return false;
            if (name == "query")
            {
                if (reader.TokenType != JsonTokenType.String) return false;
                document = reader.GetString();
            }
            else if (name == "operationName" && reader.TokenType != JsonTokenType.Null)
            {
                if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { Length: > 0 } text) return false;
                operation = text;
            }
            else if (name == "extensions" && !NamesNoPersistedQuery(ref reader))
            {
                return false;
            }
            else
            {
                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && document is not null;
    }

    private static bool NamesNoPersistedQuery(string? extensions)
    {
        if (extensions is null) return true;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(extensions));
            return reader.Read() && NamesNoPersistedQuery(ref reader) && !reader.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // A server that knows the id might run what it stands for, and not the text.
    private static bool NamesNoPersistedQuery(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString()!.StartsWith("persisted", StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    // Of percent signs that escape nothing, and bytes that are no UTF-8, everybody makes something else.
    private static string? Unescape(string text)
    {
        var spaced = text.Replace('+', ' ');
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(spaced.Length)];
        var length = 0;
        for (var i = 0; i < spaced.Length; i++)
        {
            if (spaced[i] != '%')
            {
                if (spaced[i] >= 0x80) return null;
                bytes[length++] = (byte)spaced[i];
                continue;
            }

            if (i + 2 >= spaced.Length || !byte.TryParse(spaced.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out bytes[length])) return null;
            length++;
            i += 2;
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
