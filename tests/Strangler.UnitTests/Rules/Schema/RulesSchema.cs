using System.Text.Json.Nodes;

namespace Strangler.UnitTests.Rules.Schema;

/// <summary>The schema that is shipped for editors.</summary>
internal static class RulesSchema
{
    public static readonly JsonObject Document =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rules", "schema", "strangler.v1.schema.json")))!.AsObject();

    private static readonly Draft7 Validator = new(Document);

    /// <summary>Every key that a person can write.</summary>
    public static IReadOnlyList<string> Keys => [.. KeysOf(Document).Distinct(StringComparer.Ordinal)];

    /// <summary>What an editor shows for a text: null when the YAML cannot be read.</summary>
    public static bool? Accepts(string yaml) => YamlJson.TryRead(yaml, out var json) ? Validator.IsValid(json) : null;

    private static IEnumerable<string> KeysOf(JsonNode? schema) => schema switch
    {
        JsonObject rules => rules.SelectMany(rule => rule.Key is "properties"
            ? rule.Value!.AsObject().SelectMany(p => KeysOf(p.Value).Prepend(p.Key))
            : rule.Key is "definitions" ? rule.Value!.AsObject().SelectMany(d => KeysOf(d.Value)) : KeysOf(rule.Value)),
        JsonArray list => list.SelectMany(KeysOf),
        _ => [],
    };
}
