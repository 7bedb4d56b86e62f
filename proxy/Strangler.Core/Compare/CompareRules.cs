using Strangler.Core.Compare.Content;
using Strangler.Core.Model;

namespace Strangler.Core.Compare;

/// <summary>The compare rules of a capability. Where several rules speak about one node, the first that says something wins.</summary>
public sealed class CompareRules
{
    private readonly CompareRule[] _rules;
    private readonly CompareRule[] _arrays;
    private readonly CompareRule[] _shapes;
    private readonly CompareRule[] _tolerances;
    private readonly CompareRule[] _coercions;
    private readonly CompareRule[] _embedded;
    private readonly CompareRule[] _ignores;
    private readonly CompareRule[] _shown;
    private readonly CompareRule[] _headers;

    private readonly string? _buildHeader;

    /// <summary>Those of a capability.</summary>
    public static CompareRules Of(CapabilityRules capability) => new(capability.Compare, capability.Shadow.Build);

    /// <summary>Takes the rules in the order in which they were written.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="buildHeader">The header in which a side states its build, which is never the other side's; null for none.</param>
    public CompareRules(IEnumerable<CompareRule> rules, string? buildHeader = null)
        : this([.. rules.Select((rule, index) => rule with { Index = index })], buildHeader)
    {
    }

    private CompareRules(CompareRule[] rules, string? buildHeader)
    {
        _rules = rules;
        _buildHeader = buildHeader;
        _arrays = [.. rules.Where(rule => rule.Unordered || rule.MatchBy.Count > 0)];
        _shapes = [.. rules.Where(rule => rule.Shape is not null)];
        _tolerances = [.. rules.Where(rule => rule.Tolerate is not null)];
        _coercions = [.. rules.Where(rule => rule.Coerce != Coercions.None)];
        _embedded = [.. rules.Where(rule => rule.EmbeddedJson)];
        _ignores = [.. rules.Where(rule => rule.Ignore is not null && rule.Header is null)];
        _shown = [.. rules.Where(rule => rule.Show)];
        _headers = [.. rules.Where(rule => rule.Header is not null)];
    }

    /// <summary>Changes whenever any of the rules does: evidence of one version says nothing of another.</summary>
    public string Version => field ??= RulesVersion.Of(_rules);

    /// <summary>No rules: everything is compared as it stands, and no value is shown.</summary>
    public static CompareRules None { get; } = new([]);

    /// <summary>The rules that hold for one operation, named as in the rules (<c>GET /api/search</c>). They keep their numbers.</summary>
    public CompareRules For(string operation) =>
        Array.TrueForAll(_rules, rule => rule.Operation is null) ? this : new(Array.FindAll(_rules, rule => HoldsFor(rule, operation)), _buildHeader);

    internal CompareRule? ForArray(ReadOnlySpan<PathSegment> node) => FirstAt(_arrays, node);

    internal CompareRule? Shape(ReadOnlySpan<PathSegment> node) => FirstAt(_shapes, node);

    internal CompareRule? Tolerance(ReadOnlySpan<PathSegment> node) => FirstAt(_tolerances, node);

    internal CompareRule? Coercion(ReadOnlySpan<PathSegment> node) => FirstAt(_coercions, node);

    internal CompareRule? Embedded(ReadOnlySpan<PathSegment> node) => FirstAt(_embedded, node);

    internal CompareRule? Shown(ReadOnlySpan<PathSegment> node) => FirstAt(_shown, node);

    internal CompareRule? Ignored(ReadOnlySpan<PathSegment> node, DifferenceKind kind, DateOnly today)
    {
        foreach (var rule in _ignores)
            if (rule.Ignore!.Hides(kind, today) && rule.Path.MatchesAtOrAbove(node)) return rule;
        return null;
    }

    /// <summary>True for a header that differs from answer to answer, or from side to side, by its nature.</summary>
    internal bool IsVolatile(string header) => HeaderPolicy.IsVolatile(header) || string.Equals(header, _buildHeader, StringComparison.OrdinalIgnoreCase);

    internal CompareRule? IgnoredHeader(string name, DifferenceKind kind, DateOnly today) =>
        Array.Find(_headers, rule => rule.Ignore is { } ignore && IsHeader(rule, name) && ignore.Hides(kind, today));

    internal CompareRule? ComparedHeader(string name) => Array.Find(_headers, rule => rule.CompareHeader && IsHeader(rule, name));

    private static bool IsHeader(CompareRule rule, string name) => string.Equals(rule.Header, name, StringComparison.OrdinalIgnoreCase);

    private static CompareRule? FirstAt(CompareRule[] rules, ReadOnlySpan<PathSegment> node)
    {
        foreach (var rule in rules)
            if (rule.Path.Matches(node)) return rule;
        return null;
    }

    private static bool HoldsFor(CompareRule rule, string operation) =>
        rule.Operation is null || string.Equals(rule.Operation, operation, StringComparison.Ordinal);
}
