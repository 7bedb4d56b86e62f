using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Strangler.UnitTests.Rules.Schema;

/// <summary>
/// The keywords of JSON schema draft-07 that our schema uses (json-schema.org/draft-07/json-schema-validation.html), and no other: no
/// package that validates draft-07 can be restored here.
/// </summary>
/// <param name="root">The schema.</param>
internal sealed class Draft7(JsonObject root)
{
    /// <summary>Keywords that say nothing about whether a value is valid.</summary>
    public static readonly IReadOnlySet<string> Annotations = new HashSet<string>(StringComparer.Ordinal)
    {
        "$schema", "$id", "title", "description", "default", "examples", "definitions",
    };

    /// <summary>Keywords that are understood.</summary>
    public static readonly IReadOnlySet<string> Assertions = new HashSet<string>(StringComparer.Ordinal)
    {
        "$ref", "type", "const", "enum", "minimum", "exclusiveMinimum", "maximum", "minLength", "maxLength", "pattern", "items", "minItems", "maxItems", "uniqueItems",
        "properties", "propertyNames", "additionalProperties", "required", "maxProperties", "dependencies", "allOf", "anyOf", "oneOf", "if", "then", "else",
    };

    public bool IsValid(JsonNode? value) => IsValid(root, value);

    private bool IsValid(JsonNode? schema, JsonNode? value)
    {
        if (schema is JsonValue fixedAnswer) return fixedAnswer.GetValue<bool>();
        var rules = schema!.AsObject();
        if (rules["$ref"] is { } reference) return IsValid(Resolve(reference.GetValue<string>()), value);
        return rules.All(rule => Annotations.Contains(rule.Key) || Holds(rules, rule.Key, rule.Value!, value));
    }

    private bool Holds(JsonObject rules, string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "type" => HasType(value, rule.GetValue<string>()),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(item => JsonNode.DeepEquals(item, value)),
        "allOf" => rule.AsArray().All(each => IsValid(each, value)),
        "anyOf" => rule.AsArray().Any(each => IsValid(each, value)),
        "oneOf" => rule.AsArray().Count(each => IsValid(each, value)) == 1,
        "if" => IsValid(rule, value) ? IsValid(rules["then"] ?? true, value) : IsValid(rules["else"] ?? true, value),
        "then" or "else" => true,
        "minimum" => Number(value) is not { } n || n >= rule.GetValue<double>(),
        "exclusiveMinimum" => Number(value) is not { } n || n > rule.GetValue<double>(),
        "maximum" => Number(value) is not { } n || n <= rule.GetValue<double>(),
        "minLength" => Text(value) is not { } t || Length(t) >= rule.GetValue<int>(),
        "maxLength" => Text(value) is not { } t || Length(t) <= rule.GetValue<int>(),
        "pattern" => Text(value) is not { } t || Regex.IsMatch(t, rule.GetValue<string>(), RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)),
        "items" => value is not JsonArray items || items.All(item => IsValid(rule, item)),
        "minItems" => value is not JsonArray items || items.Count >= rule.GetValue<int>(),
        "uniqueItems" => value is not JsonArray items || !rule.GetValue<bool>() || items.Index().All(one => !items.Take(one.Index).Any(other => JsonNode.DeepEquals(one.Item, other))),
        "maxItems" => value is not JsonArray items || items.Count <= rule.GetValue<int>(),
        _ => value is not JsonObject members || HoldsOfObject(rules, keyword, rule, members),
    };

    private bool HoldsOfObject(JsonObject rules, string keyword, JsonNode rule, JsonObject members) => keyword switch
    {
        "required" => rule.AsArray().All(name => members.ContainsKey(name!.GetValue<string>())),
        "maxProperties" => members.Count <= rule.GetValue<int>(),
        "properties" => rule.AsObject().All(each => !members.TryGetPropertyValue(each.Key, out var member) || IsValid(each.Value, member)),
        "propertyNames" => members.All(member => IsValid(rule, JsonValue.Create(member.Key))),
        "additionalProperties" => members.All(member => rules["properties"] is JsonObject known && known.ContainsKey(member.Key) || IsValid(rule, member.Value)),
        "dependencies" => rule.AsObject().All(each => !members.ContainsKey(each.Key) || each.Value!.AsArray().All(name => members.ContainsKey(name!.GetValue<string>()))),
        _ => throw new NotSupportedException($"the keyword '{keyword}' is not understood"),
    };

    private JsonNode Resolve(string reference) => root["definitions"]![reference.Replace("#/definitions/", "", StringComparison.Ordinal)]
        ?? throw new NotSupportedException($"there is no {reference}");

    private static bool HasType(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "boolean" => value is JsonValue b && b.TryGetValue<bool>(out _),
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } n && n == Math.Floor(n),
        _ => throw new NotSupportedException($"the type '{type}' is not understood"),
    };

    private static string? Text(JsonNode? value) => value is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    private static double? Number(JsonNode? value) => value is JsonValue v && v.TryGetValue<double>(out var number) ? number : null;

    private static int Length(string text) => text.EnumerateRunes().Count();
}
