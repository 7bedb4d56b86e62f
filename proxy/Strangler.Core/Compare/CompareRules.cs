namespace Strangler.Core.Compare;

/// <summary>The compare rules of a capability. Where several rules speak about one node, the first that says something wins.</summary>
public sealed class CompareRules
{
    private readonly CompareRule[] _rules;

    /// <summary>Takes the rules in the order in which they were written.</summary>
    public CompareRules(IEnumerable<CompareRule> rules) => _rules = [.. rules];

    /// <summary>Changes whenever any of the rules does: evidence of one version says nothing of another.</summary>
    public string Version => field ??= RulesVersion.Of(_rules);

    /// <summary>No rules: everything is compared as it stands, and no value is shown.</summary>
    public static CompareRules None { get; } = new([]);

    /// <summary>The rules that hold for one operation, named as in the rules (<c>GET /api/search</c>).</summary>
    public CompareRules For(string operation) =>
        Array.TrueForAll(_rules, rule => rule.Operation is null) ? this : new(_rules.Where(rule => HoldsFor(rule, operation)));

    internal CompareRule? ForArray(ReadOnlySpan<PathSegment> node)
    {
        foreach (var rule in _rules)
            if ((rule.Unordered || rule.MatchBy.Count > 0) && rule.Path.Matches(node)) return rule;
        return null;
    }

    internal ShapeRule? Shape(ReadOnlySpan<PathSegment> node)
    {
        foreach (var rule in _rules)
            if (rule.Shape is not null && rule.Path.Matches(node)) return rule.Shape;
        return null;
    }

    internal bool Ignores(ReadOnlySpan<PathSegment> node, DifferenceKind kind, DateOnly today)
    {
        foreach (var rule in _rules)
            if (rule.Ignore is not null && rule.Ignore.Hides(kind, today) && rule.Path.MatchesAtOrAbove(node)) return true;
        return false;
    }

    internal bool Shows(ReadOnlySpan<PathSegment> node)
    {
        foreach (var rule in _rules)
            if (rule.Show && rule.Path.Matches(node)) return true;
        return false;
    }

    private static bool HoldsFor(CompareRule rule, string operation) =>
        rule.Operation is null || string.Equals(rule.Operation, operation, StringComparison.Ordinal);
}
