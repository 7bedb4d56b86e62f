using System.Text.Json;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>What an edge has seen of one capability, as text for the store. It holds counts, paths and builds, and no value.</summary>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Text">The text.</param>
internal sealed record EvidenceDocument(string Capability, string Text)
{
    /// <summary>Writes what was seen.</summary>
    public static EvidenceDocument Of(string capability, IReadOnlyList<EvidenceShare> shares) =>
        new(capability, JsonSerializer.Serialize(shares, EvidenceJson.Default.IReadOnlyListEvidenceShare));

    /// <summary>Reads it; nothing for a text that is none, such as one of a later version.</summary>
    public IReadOnlyList<EvidenceShare> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(Text, EvidenceJson.Default.IReadOnlyListEvidenceShare) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
