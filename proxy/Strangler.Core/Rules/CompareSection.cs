using Strangler.Core.Compare;
using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads one compare rule.</summary>
internal static class CompareSection
{
    private const string All = "all";

    private static readonly Dictionary<string, ShapeKind> Shapes = new(StringComparer.Ordinal) { ["instant"] = ShapeKind.Instant };

    public static CompareRule? Read(YamlNode node, IReadOnlyList<OperationRules> operations, DiagnosticBag bag)
    {
        if (Section.Open(node, "a compare rule", bag) is not { } section) return null;
        var before = bag.Errors;
        var operation = ReadOperation(section.Optional("operation"), operations, bag);
        var path = ReadPath(section.Required("path", "path: \"$.items[*].price\""), bag);
        var matchBy = section.OptionalList("match-by").Select(n => bag.Text(n, "a key of 'match-by'")).OfType<string>().ToArray();
        var unordered = bag.Plain(section.Optional("unordered"), "'unordered'", "true or false", Scalars.Boolean) ?? false;
        var show = bag.Plain(section.Optional("show"), "'show'", "true or false", Scalars.Boolean) ?? false;
        var shape = ReadShape(section, node, bag);
        var ignore = ReadIgnore(section, node, bag);
        section.Close();

        if (bag.Errors == before && matchBy.Length == 0 && !unordered && !show && shape is null && ignore is null)
        {
            bag.Add(node, RuleCodes.MissingKey, "a compare rule without an effect", "add match-by, unordered, shape, ignore or show");
        }

        return path is null ? null : new CompareRule(operation, path, matchBy, unordered, shape, ignore, show);
    }

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

    private static ShapeRule? ReadShape(Section section, YamlNode node, DiagnosticBag bag)
    {
        var (shapeNode, withinNode) = (section.Optional("shape"), section.Optional("within"));
        var kind = bag.Name(shapeNode, "'shape'", Shapes);
        var within = bag.Parse(withinNode, "'within'", "a duration such as 500ms or 5s", Scalars.Duration);
        if (withinNode is not null && shapeNode is null) bag.Add(node, RuleCodes.MissingKey, "'within' needs 'shape: instant'");
        return kind is { } k ? new ShapeRule(k, within) : null;
    }

    private static IgnoreRule? ReadIgnore(Section section, YamlNode node, DiagnosticBag bag)
    {
        var kindsNode = section.Optional("ignore");
        var (reasonNode, assigneeNode, expiresNode) = (section.Optional("reason"), section.Optional("assignee"), section.Optional("expires"));
        var reason = bag.Text(reasonNode, "'reason'");
        var assignee = bag.Text(assigneeNode, "'assignee'");
        var expires = bag.Parse(expiresNode, "'expires'", "a date such as 2027-03-31", Scalars.Date);
        if (kindsNode is null)
        {
            if (reasonNode is not null || assigneeNode is not null || expiresNode is not null)
            {
                bag.Add(node, RuleCodes.MissingKey, "reason, assignee and expires belong to 'ignore', which is missing");
            }

            return null;
        }

        var kinds = ReadKinds(kindsNode, bag);
        if (reasonNode is null || assigneeNode is null || expiresNode is null)
        {
            bag.Add(node, RuleCodes.MissingKey, "'ignore' needs reason, assignee and expires",
                "reason: \"new field\", assignee: qa, expires: 2027-03-31");
        }

        return reason is null || assignee is null || expires is null ? null : new IgnoreRule(kinds, reason, assignee, expires.Value);
    }

    private static HashSet<DifferenceKind>? ReadKinds(YamlNode node, DiagnosticBag bag)
    {
        if (node is YamlScalarNode { Value: All }) return null;
        if (node is YamlSequenceNode { Children.Count: 0 }) bag.Add(node, RuleCodes.BadValue, "'ignore' is empty", $"ignore: {All}, or name what: {string.Join(", ", DifferenceKinds.Names)}");
        var items = node is YamlSequenceNode list ? list.Children.Take(RulesLimits.Items) : [node];
        var kinds = new HashSet<DifferenceKind>();
        foreach (var item in items)
        {
            if (bag.Text(item, "'ignore'") is not { } name) continue;
            if (DifferenceKinds.TryParse(name, out var kind)) kinds.Add(kind);
            else bag.Add(item, RuleCodes.BadValue, $"'{name}' is no kind of difference", Nearest.Hint(name, [All, .. DifferenceKinds.Names]));
        }

        return kinds;
    }
}
