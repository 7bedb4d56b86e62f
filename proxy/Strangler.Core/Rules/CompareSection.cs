using Strangler.Core.Compare;
using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads one compare rule: a path, or a header, and what holds there.</summary>
internal static class CompareSection
{
    private const string Effects = "add match-by, unordered, shape, tolerate, coerce, embedded, ignore or show";

    private static readonly Dictionary<string, Coercions> CoercionNames = Enum.GetValues<Coercions>()
        .Where(value => value != Coercions.None).ToDictionary(KebabNames<Coercions>.Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, bool> EmbeddedNames = new(StringComparer.Ordinal) { ["json"] = true };

    public static CompareRule? Read(YamlNode node, IReadOnlyList<OperationRules> operations, DiagnosticBag bag)
    {
        if (Section.Open(node, "a compare rule", bag) is not { } section) return null;
        var operation = ReadOperation(section.Optional("operation"), operations, bag);
        return section.Optional("header") is { } header ? ReadHeader(section, operation, header, bag) : ReadPath(section, operation, bag);
    }

    private static CompareRule? ReadPath(Section section, string? operation, DiagnosticBag bag)
    {
        var before = bag.Errors;
        var path = ReadPath(section.Required("path", "path: \"$.items[*].price\""), bag);
        var matchBy = section.OptionalList("match-by").Select(n => bag.Text(n, "a key of 'match-by'")).OfType<string>().ToArray();
        var unordered = Flag(section, "unordered", bag);
        var show = Flag(section, "show", bag);
        var rule = new CompareRule(
            operation, path ?? JsonPath.Nowhere, matchBy, unordered, ShapeSection.Read(section, bag), IgnoreSection.Read(section, bag), show)
        {
            Tolerate = ToleranceSection.Read(section, bag),
            Coerce = ReadCoercions(section, bag),
            EmbeddedJson = bag.Name(section.Optional("embedded"), "'embedded'", EmbeddedNames) ?? false,
        };
        section.Close();
        if (bag.Errors == before && !HasEffect(rule)) bag.Add(section.Node, RuleCodes.MissingKey, "a compare rule without an effect", Effects);
        return path is null ? null : rule;
    }

    private static CompareRule? ReadHeader(Section section, string? operation, YamlNode header, DiagnosticBag bag)
    {
        var before = bag.Errors;
        var name = bag.Text(header, "'header'");
        if (name is not null && !HeaderSection.IsToken(name)) bag.Add(header, RuleCodes.BadValue, $"'header' '{name}' is no name of a header", "for example X-Cache");
        var compare = Flag(section, "compare", bag);
        var rule = new CompareRule(operation, JsonPath.Nowhere, [], Unordered: false, Shape: null, IgnoreSection.Read(section, bag), Show: false)
        {
            Header = name,
            CompareHeader = compare,
        };
        section.Close();
        if (bag.Errors == before && rule.Ignore is null && !compare)
            bag.Add(section.Node, RuleCodes.MissingKey, "a rule of a header without an effect", "add ignore, or compare: true");
        return name is null ? null : rule;
    }

    private static bool HasEffect(CompareRule rule) =>
        rule.MatchBy.Count > 0 || rule.Unordered || rule.Show || rule.Shape is not null || rule.Ignore is not null
        || rule.Tolerate is not null || rule.Coerce != Coercions.None || rule.EmbeddedJson;

    private static bool Flag(Section section, string key, DiagnosticBag bag) =>
        bag.Plain(section.Optional(key), $"'{key}'", "true or false", Scalars.Boolean) ?? false;

    private static string? ReadOperation(YamlNode? node, IReadOnlyList<OperationRules> operations, DiagnosticBag bag)
    {
        if (bag.Text(node, "'operation'") is not { } text) return null;
        var ids = operations.Select(o => o.Id).ToList();
        if (!ids.Contains(text)) bag.Add(node!, RuleCodes.BadValue, $"'operation' '{text}' is none of this capability", Nearest.Hint(text, ids));
        return text;
    }

    private static JsonPath? ReadPath(YamlNode? node, DiagnosticBag bag)
    {
        if (bag.Text(node, "'path'") is not { } text) return null;
        if (JsonPath.TryParse(text, out var path, out var error)) return path;
        bag.Add(node!, RuleCodes.BadValue, $"'path' '{text}': {error}", "for example $.items[*].price or $..updatedAt");
        return null;
    }

    private static Coercions ReadCoercions(Section section, DiagnosticBag bag)
    {
        var all = Coercions.None;
        foreach (var item in section.OptionalList("coerce")) all |= bag.Name(item, "a value of 'coerce'", CoercionNames) ?? Coercions.None;
        return all;
    }
}
