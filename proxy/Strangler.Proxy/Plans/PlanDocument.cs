using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Proxy.Plans;

/// <summary>
/// A plan as text: one line with the SHA-256 of the rest, then the state as JSON. A plan that was cut short, mixed up or edited by hand
/// without care is never taken for one.
/// </summary>
public static class PlanDocument
{
    private const string Prefix = "sha256:";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The text of a state.</summary>
    public static string Write(ControlState state)
    {
        var body = JsonSerializer.Serialize(state, Json);
        return $"{Prefix}{Checksum(body)}\n{body}\n";
    }

    /// <summary>The checksum that a document names, 64 hexadecimal digits.</summary>
    public static string ChecksumOf(string document) => document[Prefix.Length..document.IndexOf('\n', StringComparison.Ordinal)];

    /// <summary>The state of a text.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static ControlState Read(string document)
    {
        var end = document.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !document.StartsWith(Prefix, StringComparison.Ordinal)) throw new FormatException("it does not begin with its checksum");
        var body = document[(end + 1)..].TrimEnd('\n');
        if (document[Prefix.Length..end] != Checksum(body))
        {
            throw new FormatException($"its checksum is {Checksum(body)[..12]}..., but it says {document[Prefix.Length..end]}");
        }

        try
        {
            var state = JsonSerializer.Deserialize<ControlState>(body, Json) ?? throw new FormatException("it holds null");
            return state.Capabilities.FirstOrDefault(c => c.Value?.Share is not (>= 0 and <= 100)) is { Key: { } name }
                ? throw new FormatException($"the state of '{name}' has no share from 0 to 100")
                : state;
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
