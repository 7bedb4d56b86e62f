using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Rules.Schema;

public sealed class SchemaTests
{
    // Their values are data or names, not schemas.
    private static readonly string[] Opaque = ["const", "enum", "required", "examples", "default", "dependencies"];

    [Fact]
    public void Schema_EveryKeyword_IsOneThatTheTestsUnderstand() =>
        Objects(RulesSchema.Document).SelectMany(s => s.Select(k => k.Key)).Distinct(StringComparer.Ordinal)
            .Except(Draft7.Annotations, StringComparer.Ordinal).Except(Draft7.Assertions, StringComparer.Ordinal).ShouldBeEmpty();

    // Draft-07 ignores what stands beside a reference, so nothing that matters may.
    [Fact]
    public void Schema_BesideAReference_StandOnlyAnnotations() =>
        Objects(RulesSchema.Document).Where(s => s.ContainsKey("$ref")).SelectMany(s => s.Select(k => k.Key)).Distinct(StringComparer.Ordinal)
            .Except(Draft7.Annotations, StringComparer.Ordinal).ShouldBe(["$ref"]);

    [Fact]
    public void Schema_EveryReference_LeadsSomewhere()
    {
        var definitions = RulesSchema.Document["definitions"]!.AsObject().Select(d => $"#/definitions/{d.Key}").ToList();
        var used = Objects(RulesSchema.Document).Select(s => s["$ref"]?.GetValue<string>()).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

        used.Except(definitions, StringComparer.Ordinal).ShouldBeEmpty();
        definitions.Except(used, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Schema_EveryKeyThatAPersonWrites_HasADescription()
    {
        var silent =
            from schema in Objects(RulesSchema.Document)
            where schema.ContainsKey("additionalProperties") && schema["description"]?.GetValue<string>().StartsWith("Any of the keys", StringComparison.Ordinal) != true
            from key in (schema["properties"] as JsonObject ?? []).AsEnumerable()
            where !IsDescribed(key.Value!.AsObject())
            select key.Key;

        silent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("legacy: { destinations: [\"http://a\"] }", false)]
    [InlineData("apiVersion: strangler/v1", true)]
    [InlineData("[]", false)]
    [InlineData("apiVersion: strangler/v1\nenvironment: test\ncapabilities: { a: { team: x } }", true)]
    [InlineData("apiVersion: strangler/v1\ncapabilities: { a: { team: x } }", false)]
    [InlineData("apiVersion: strangler/v1\nlegacy: { destinations: [\"http://a\"], capacity: 0 }", false)]
    [InlineData("apiVersion: strangler/v1\nlegacy: { destinations: [\"http://a\"], capacity: 1.5 }", false)]
    [InlineData("apiVersion: strangler/v1\nunit: { account: { claim: a, header: B, from: [10.0.0.1] } }", false)]
    [InlineData("apiVersion: strangler/v1\nunit: { account: { header: B } }", false)]
    public void Accepts_SmallFiles_AsDraft7Says(string yaml, bool accepted) => RulesSchema.Accepts(yaml).ShouldBe(accepted);

    private static bool IsDescribed(JsonObject schema) =>
        schema.ContainsKey("description")
        || (schema["$ref"]?.GetValue<string>() is { } reference && IsDescribed(RulesSchema.Document["definitions"]![reference[14..]]!.AsObject()))
        || (schema["allOf"] is JsonArray all && all.Any(each => IsDescribed(each!.AsObject())))
        || schema.ContainsKey("const");

    private static IEnumerable<JsonObject> Objects(JsonNode? schema)
    {
        if (schema is JsonArray list)
        {
            foreach (var inner in list.SelectMany(Objects)) yield return inner;
        }

        if (schema is not JsonObject rules) yield break;
        yield return rules;
        foreach (var (keyword, value) in rules.Where(r => !Opaque.Contains(r.Key)))
        {
            var inner = keyword is "properties" or "definitions" ? value!.AsObject().Select(p => p.Value).SelectMany(Objects) : Objects(value);
            foreach (var each in inner) yield return each;
        }
    }
}
