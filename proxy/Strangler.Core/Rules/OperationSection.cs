using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads one operation of a capability.</summary>
internal static class OperationSection
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly Dictionary<string, Semantics> SemanticsNames = new(StringComparer.Ordinal)
    {
        ["safe"] = Semantics.Safe,
        ["idempotent"] = Semantics.Idempotent,
        ["keyed"] = Semantics.Keyed,
        ["none"] = Semantics.None,
    };

    private static readonly Dictionary<string, bool> GraphqlNames = new(StringComparer.Ordinal) { ["query"] = true };

    private static readonly Dictionary<string, bool> DataNames = new(StringComparer.Ordinal) { ["legacy"] = true };

    public static OperationRules? Read(YamlNode node, string capability, RuleSetDraft draft, DiagnosticBag bag)
    {
        if (Section.Open(node, "an operation", bag) is not { } section) return null;
        var matchNode = section.Required("match", "match: \"GET /api/products/{sku}\"");
        var newNode = section.Optional("new");
        var semanticsNode = section.Required("semantics", "semantics: safe | idempotent | keyed | none");
        var graphqlNode = section.Optional("graphql");
        var dataNode = section.Optional("data");
        var affects = ReadAffects(section, capability, draft, bag);
        var staleNode = section.Optional("stale");
        section.Close();

        var match = ReadMethodAndPath(matchNode, "'match'", bag);
        var target = newNode is null ? match : ReadMethodAndPath(newNode, "'new'", bag);
        var semantics = bag.Name(semanticsNode, "'semantics'", SemanticsNames);
        var data = bag.Name(dataNode, "'data'", DataNames);
        var graphql = bag.Name(graphqlNode, "'graphql'", GraphqlNames);
        if (match is not var (method, pattern) || target is not var (newMethod, newPattern) || semantics is null) return null;

        CheckTarget(newNode, method, pattern, newMethod, newPattern, bag);
        if (graphql is not null && method is not ("GET" or "POST"))
        {
            bag.Add(graphqlNode!, RuleCodes.Conflict, $"GraphQL is asked by GET or POST, not by {method}", "leave out 'graphql'");
        }

        CheckSemantics(semanticsNode!, method, semantics.Value, bag);
        var stale = bag.Parse(staleNode, "'stale'", "a duration such as 10m", Scalars.Duration);
        if (staleNode is not null && (method != "GET" || semantics != Semantics.Safe))
        {
            bag.Add(staleNode, RuleCodes.Conflict, "an old answer can only stand in for a safe GET", "leave out 'stale'");
        }

        if (semantics == Semantics.Safe && affects.Node is { } affectsNode)
        {
            bag.Add(affectsNode, RuleCodes.Conflict, "a safe operation affects nothing", "leave out 'affects', or say with 'semantics' what repeating it does");
        }

        if (semantics == Semantics.Safe && dataNode is not null)
        {
            bag.Add(dataNode, RuleCodes.Conflict, "a safe operation writes no data", "leave out 'data', or say with 'semantics' what repeating it does");
        }

        draft.Claims.Add(new Claim(matchNode!, capability, method, pattern));
        return new OperationRules(method, pattern, newPattern, semantics.Value) { Affects = affects.Names, IsGraphql = graphql is not null, Stale = stale, DataOnLegacy = data is not null };
    }

    // Whether the names are those of capabilities is known only when all files are read.
    private static (YamlNode? Node, IReadOnlyList<string> Names) ReadAffects(Section section, string capability, RuleSetDraft draft, DiagnosticBag bag)
    {
        var names = new List<string>();
        YamlNode? first = null;
        foreach (var node in section.OptionalList("affects"))
        {
            first ??= node;
            if (bag.Text(node, "'affects'") is not { } name) continue;
            if (name == capability) bag.Add(node, RuleCodes.Duplicate, $"'affects' names '{name}', to which the operation belongs anyway");
            else if (names.Contains(name)) bag.Add(node, RuleCodes.Duplicate, $"'affects' names '{name}' twice");
            else names.Add(name);
            draft.Affected.Add((node, name));
        }

        return (first, names);
    }

    private static (string Method, PathTemplate Path)? ReadMethodAndPath(YamlNode? node, string what, DiagnosticBag bag)
    {
        if (bag.Text(node, what) is not { } text) return null;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var method = space < 0 ? text : text[..space];
        if (!Methods.Contains(method))
        {
            bag.Add(node!, RuleCodes.BadValue, $"{what} '{text}' starts with no HTTP method", Nearest.Hint(method, Methods));
            return null;
        }

        string? error = "a path is missing";
        if (space > 0 && PathTemplate.TryParse(text[(space + 1)..], out var path, out error))
        {
            if (path!.Segments.Count <= RulesLimits.Segments) return (method, path);
            error = $"the path has {path.Segments.Count} segments, limit {RulesLimits.Segments}";
        }

        bag.Add(node!, RuleCodes.BadValue, $"{what} '{text}': {error}", "write method and path: \"GET /api/products/{sku}\"");
        return null;
    }

    private static void CheckTarget(
        YamlNode? node, string method, PathTemplate pattern, string newMethod, PathTemplate newPattern, DiagnosticBag bag)
    {
        if (node is null) return;
        if (newMethod != method) bag.Add(node, RuleCodes.NotYet, $"'new' changes {method} to {newMethod}", "the method stays the same in this version");
        var known = pattern.Parameters.ToList();
        foreach (var name in newPattern.Parameters.Where(p => !known.Contains(p)))
        {
            bag.Add(node, RuleCodes.BadValue, $"'new' uses '{{{name}}}', which 'match' does not have", Nearest.Hint(name, known));
        }
    }

    private static void CheckSemantics(YamlNode node, string method, Semantics semantics, DiagnosticBag bag)
    {
        if (semantics == Semantics.Safe && method is not ("GET" or "POST"))
        {
            bag.Add(node, RuleCodes.Conflict, $"a {method} changes something: it cannot be safe", "safe operations are copied and repeated; only GET, and a POST that only reads, such as a search form");
        }
    }
}
