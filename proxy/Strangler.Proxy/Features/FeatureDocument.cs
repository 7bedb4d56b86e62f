using System.Globalization;
using System.Text.Json;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Features;

/// <summary>
/// The decisions of a plan as definitions that any application with Microsoft.FeatureManagement 4 can read: its schema 2, two features per
/// capability, <c>NAME.read</c> and <c>NAME.write</c>, variants <c>legacy</c> and <c>new</c>. <c>IsEnabled</c> says true for <c>new</c>.
/// </summary>
/// <remarks>
/// The library asks users, then groups, then percentiles, each list from its beginning: the order in which <see cref="Decider"/> asks. Two
/// things it cannot say: that a unit longer than <see cref="Bucket.MaxUnitLength"/> is nobody, and that groups count only beside a unit.
/// </remarks>
internal static class FeatureDocument
{
    private const string Legacy = "legacy";
    private const string New = "new";

    // The library gives a client without identity the bucket of the empty name; for us it is admitted last.
    private static readonly string[] Nobody = [""];

    /// <summary>Name of the feature of a capability's reads.</summary>
    public static string ReadFeature(string capability) => $"{capability}.read";

    /// <summary>Name of the feature of a capability's writes.</summary>
    public static string WriteFeature(string capability) => $"{capability}.write";

    /// <summary>The definitions as UTF-8 JSON.</summary>
    public static byte[] Write(IEnumerable<CapabilityPlan> capabilities)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("feature_management");
            json.WriteStartArray("feature_flags");
            foreach (var capability in capabilities)
            {
                WriteFeature(json, ReadFeature(capability.Rules.Name), capability, WriteReads);
                WriteFeature(json, WriteFeature(capability.Rules.Name), capability, WriteWrites);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteFeature(Utf8JsonWriter json, string id, CapabilityPlan capability, Action<Utf8JsonWriter, CapabilityPlan> allocate)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteBoolean("enabled", value: true);
        json.WriteStartArray("variants");
        WriteVariant(json, Legacy, "Disabled");
        WriteVariant(json, New, "Enabled");
        json.WriteEndArray();
        json.WriteStartObject("allocation");
        json.WriteString("seed", capability.Rules.Name);
        json.WriteString("default_when_disabled", Legacy);
        allocate(json, capability);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVariant(Utf8JsonWriter json, string name, string status)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("status_override", status);
        json.WriteEndObject();
    }

    // Writes go to whoever owns the data. Operations whose data the new service keeps in the monolith's store follow the reads.
    private static void WriteWrites(Utf8JsonWriter json, CapabilityPlan capability) =>
        json.WriteString("default_when_enabled", capability.Owner == Side.New ? New : Legacy);

    private static void WriteReads(Utf8JsonWriter json, CapabilityPlan capability)
    {
        var state = capability.State;
        var isCanary = state is { Stage: Stage.ReadCanary, Killed: false };
        if (capability.Owner == Side.New)
        {
            json.WriteString("default_when_enabled", New);
            return;
        }

        json.WriteString("default_when_enabled", isCanary && state.Everyone ? New : Legacy);
        if (state.Killed || state.Stage == Stage.Legacy) return;
        WriteNamed(json, "user", "users", [.. isCanary && state.Everyone ? [] : Nobody, .. state.Exclude.Units], state.Include.Units);
        WriteNamed(json, "group", "groups", Possible(state.Exclude.Groups), Possible(state.Include.Groups));
        if (isCanary) WriteShare(json, capability);
    }

    // Groups come in one header, separated by commas: one with a comma in its name cannot come.
    private static IReadOnlyList<string> Possible(IReadOnlyList<string> groups) => [.. groups.Where(g => !g.Contains(','))];

    private static void WriteNamed(Utf8JsonWriter json, string kind, string list, IReadOnlyList<string> legacy, IReadOnlyList<string> @new)
    {
        if (legacy.Count == 0 && @new.Count == 0) return;
        json.WriteStartArray(kind);
        foreach (var (variant, names) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[(Legacy, legacy), (New, @new)])
        {
            if (names.Count == 0) continue;
            json.WriteStartObject();
            json.WriteString("variant", variant);
            json.WriteStartArray(list);
            foreach (var name in names) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, CapabilityPlan capability)
    {
        var share = capability.State.Everyone ? 100 : capability.State.Share;
        if (share <= 0) return;
        json.WriteStartArray("percentile");
        if (!capability.State.Everyone)
        {
            // For applications that ask for a user of null: their place alone, one of 2^32, which no real unit will ever share.
            var nobody = Bucket.ToPercent(Bucket.Of([], capability.Rules.Name));
            WritePercentile(json, Legacy, nobody, Math.BitIncrement(nobody));
        }

        WritePercentile(json, New, 0, share);
        json.WriteEndArray();
    }

    private static void WritePercentile(Utf8JsonWriter json, string variant, double from, double to)
    {
        json.WriteStartObject();
        json.WriteString("variant", variant);
        WriteExact(json, "from", from);
        WriteExact(json, "to", to);
        json.WriteEndObject();
    }

    // The shortest text that reads back as the same number: a rounded one would move whoever stands at the edge.
    private static void WriteExact(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.ToString("R", CultureInfo.InvariantCulture));
    }
}
