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

    /// <summary>The line of an entry, without a line end.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="previous">The hash of the line before, or <see cref="Beginning"/>.</param>
    public static string Line(AuditEntry entry, string previous)
    {
        var line = JsonSerializer.SerializeToNode(entry, JsonSerializerOptions.Web)!.AsObject();
        line.Add(Previous, JsonValue.Create(previous));
        return line.ToJsonString();
    }

    /// <summary>The hash of a line, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
