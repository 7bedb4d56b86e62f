using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strangler.Core.Audit;

/// <summary>
/// The hash chain of the audit log: each line is a JSON object that carries the SHA-256 of the line before it, so that a line that is
/// changed, moved or taken out later shows.
/// </summary>
public static class AuditChain
{
    /// <summary>What the first line carries as the hash of the line before it.</summary>
    public const string Beginning = "";

    private const string Previous = "previous";

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>The line of an entry, without a line end.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="previous">The hash of the line before, or <see cref="Beginning"/>.</param>
    public static string Line(AuditEntry entry, string previous)
    {
        var line = JsonSerializer.SerializeToNode(entry, Json)!.AsObject();
        line.Add(Previous, JsonValue.Create(previous));
        return line.ToJsonString();
    }

    /// <summary>The entry of a line; null for a line that is none, as one that a crash has torn.</summary>
    public static AuditEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, Json) is { Actor: not null, Verb: not null, Capabilities: not null, Changes: not null } entry
                ? entry with { Reason = entry.Reason ?? "", Evidence = entry.Evidence ?? [] }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a line carries as the hash of the line before it; null for a line that is no entry.</summary>
    public static string? PreviousOf(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject entry && entry[Previous] is JsonValue value && value.TryGetValue(out string? hash) ? hash : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // A member that stands twice is an ArgumentException.
            return null;
        }
    }

    /// <summary>The hash of a line, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
