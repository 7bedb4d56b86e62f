using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Strangler.Core.Compare.Causes;

namespace Strangler.Core.Compare;

/// <summary>
/// Knows where the comparison stands and collects what it finds: drops what a rule ignores, redacts the rest, and stops at a limit.
/// </summary>
internal sealed class DifferenceSink(CompareRules rules, DateOnly today, ValueTokens tokens, int limit)
{
    private readonly List<PathSegment> _path = [];
    private readonly List<Difference> _found = [];
    private readonly List<Difference> _notes = [];
    private SortedSet<int>? _hits;
    private OrderedDictionary<(string Path, DifferenceKind Kind), (int Lower, int Higher)>? _tolerated;
    private HashSet<KeySuggestion>? _suggested;
    private bool _truncated;

    /// <summary>The node that is being compared.</summary>
    public ReadOnlySpan<PathSegment> Node => CollectionsMarshal.AsSpan(_path);

    /// <summary>True when nothing more can be taken: the walk can end.</summary>
    public bool IsFull => _truncated;

    public void Enter(PathSegment segment) => _path.Add(segment);

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Reports a difference at the current node; the default value stands for nothing.</summary>
    public void Report(DifferenceKind kind, IndexedValue legacy, IndexedValue @new)
    {
        if (IsIgnored(Node, kind) || !HasRoom(kind)) return;
        var shown = IsShown();
        Add(At(kind, Summarize(legacy, shown), Summarize(@new, shown)) with
        {
            Transition = TransitionClass.Of(kind, legacy, @new, tokens),
            Derived = Features.Of(kind, legacy, @new, tokens),
        });
    }

    /// <summary>Reports a difference between texts at the current node; null stands for none.</summary>
    public void Report(DifferenceKind kind, string? legacy, string? @new)
    {
        if (IsIgnored(Node, kind) || !HasRoom(kind)) return;
        var shown = IsShown();
        Add(At(kind, Summarize(legacy, shown), Summarize(@new, shown)) with
        {
            Transition = TransitionClass.OfTexts(legacy, @new),
            Derived = legacy is not null && @new is not null ? Features.OfTexts(legacy, @new, tokens) : null,
        });
    }

    /// <summary>Reports a difference between elements at the current node, which their names stand for; null stands for none.</summary>
    public void ReportNode(DifferenceKind kind, string? legacy, string? @new)
    {
        if (!IsIgnored(Node, kind) && HasRoom(kind)) Add(At(kind, Element(legacy), Element(@new)));
    }

    /// <summary>Reports a difference between whole bodies, which the path <c>$</c> stands for.</summary>
    public void ReportBody(DifferenceKind kind, ReadOnlyMemory<byte> legacy, ReadOnlyMemory<byte> @new)
    {
        if (!IsIgnored([], kind)) Add(new Difference(kind, "$", "", Summarize(legacy), Summarize(@new)));
    }

    /// <summary>Reports that bodies differ of which one at least is only known by its length and hash.</summary>
    public void ReportWhole(Answer legacy, Answer @new)
    {
        if (!IsIgnored([], DifferenceKind.BeyondCapUnequal))
            Add(new Difference(DifferenceKind.BeyondCapUnequal, "$", "", SummarizeWhole(legacy), SummarizeWhole(@new)));
    }

    /// <summary>Reports a difference between headers, unless a rule ignores it.</summary>
    /// <param name="kind">In what way.</param>
    /// <param name="name">The name of the header.</param>
    /// <param name="legacy">What legacy sends.</param>
    /// <param name="new">What the new side sends.</param>
    /// <param name="cookie">The cookie, for Set-Cookie.</param>
    public void ReportHeader(DifferenceKind kind, string name, ValueSummary legacy, ValueSummary @new, string? cookie = null)
    {
        if (rules.IgnoredHeader(name, kind, today) is { } rule)
        {
            Hit(rule);
            return;
        }

        var place = $"header.{name.ToLowerInvariant()}";
        ReportOutside(kind, cookie is null ? place : $"{place}.{PathSegment.Cut(cookie)}", legacy, @new);
    }

    /// <summary>Reports a difference outside the body.</summary>
    public void ReportOutside(DifferenceKind kind, string place, ValueSummary legacy, ValueSummary @new) =>
        Add(new Difference(kind, place, place, legacy, @new));

    /// <summary>The summary of a header whose value may be personal.</summary>
    public ValueSummary SummarizeHeader(string? value) =>
        value is null ? ValueSummary.Missing : new(SummaryType.Header, value.Length, null, tokens.Token(value));

    /// <summary>Says that the comparison ends before everything was read.</summary>
    public void Truncate() => _truncated = true;

    /// <summary>Remembers that a rule had an effect.</summary>
    public void Hit(CompareRule rule) => (_hits ??= []).Add(rule.Index);

    /// <summary>Counts what a tolerance lets pass at the current node.</summary>
    /// <param name="kind">What it would have been.</param>
    /// <param name="sign">1 when the new value is higher or later, -1 when it is lower or earlier.</param>
    public void Tolerate(DifferenceKind kind, int sign)
    {
        var key = (PathSegment.Template(Node), kind);
        _tolerated ??= [];
        if (!_tolerated.TryGetValue(key, out var known) && _tolerated.Count == limit) return;
        _tolerated[key] = (known.Lower + (sign < 0 ? 1 : 0), known.Higher + (sign > 0 ? 1 : 0));
    }

    /// <summary>Remembers a key by which the items of the current node could be paired.</summary>
    public void Suggest(string field)
    {
        _suggested ??= [];
        if (_suggested.Count < limit) _suggested.Add(new KeySuggestion(PathSegment.Template(Node), field));
    }

    public Comparison ToComparison()
    {
        if (_found.Count == 0 && _notes.Count == 0 && _hits is null) return Comparison.Same;
        return new Comparison(_found, _truncated)
        {
            Notes = _notes,
            Hits = _hits is null ? [] : [.. _hits],
            Tolerated = _tolerated is null ? [] : [.. _tolerated.Select(pair => new Tolerated(pair.Key.Path, pair.Key.Kind, pair.Value.Lower, pair.Value.Higher))],
            Suggested = _suggested is null ? [] : [.. _suggested],
        };
    }

    private bool IsIgnored(ReadOnlySpan<PathSegment> node, DifferenceKind kind)
    {
        if (rules.Ignored(node, kind, today) is not { } rule) return false;
        Hit(rule);
        return true;
    }

    private bool IsShown()
    {
        if (rules.Shown(Node) is not { } rule) return false;
        Hit(rule);
        return true;
    }

    private Difference At(DifferenceKind kind, ValueSummary legacy, ValueSummary @new) =>
        new(kind, PathSegment.Template(Node), PathSegment.Pointer(Node), legacy, @new) { LowConfidence = IsGuess() };

    private bool IsGuess()
    {
        foreach (var segment in Node)
            if (segment.Guessed) return true;
        return false;
    }

    private void Add(Difference difference)
    {
        if (HasRoom(difference.Kind)) ListOf(difference.Kind).Add(difference);
    }

    // Notes beyond the limit are dropped: they must not keep a difference from being seen.
    private bool HasRoom(DifferenceKind kind)
    {
        if (ListOf(kind).Count < limit) return true;
        _truncated |= !kind.IsNote();
        return false;
    }

    private List<Difference> ListOf(DifferenceKind kind) => kind.IsNote() ? _notes : _found;

    private ValueSummary Summarize(ReadOnlyMemory<byte> body) =>
        body.IsEmpty ? ValueSummary.Missing : new(SummaryType.Bytes, body.Length, null, tokens.Token(body.Span));

    private ValueSummary SummarizeWhole(Answer answer)
    {
        if (answer.Whole is not { } whole) return Summarize(answer.Body);
        return new(SummaryType.Bytes, (int)Math.Min(whole.Length, int.MaxValue), null, tokens.Token($"{whole.Hash:x}"));
    }

    private static ValueSummary Element(string? name) => name is null ? ValueSummary.Missing : ValueSummary.Shown(SummaryType.Element, name);

    private ValueSummary Summarize(string? text, bool shown) =>
        text is null ? ValueSummary.Missing : Summarize(SummaryType.String, text, text, shown);

    private ValueSummary Summarize(IndexedValue value, bool shown)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Undefined:
                return ValueSummary.Missing;
            case JsonValueKind.Null:
                return new(SummaryType.Null, 0, null, null);
            case JsonValueKind.Array:
                return new(SummaryType.Array, value.Count, null, null);
            case JsonValueKind.Object:
                return new(SummaryType.Object, value.Count, null, null);
            case JsonValueKind.String:
                var text = JsonText.ToString(JsonText.Inner(value.Raw));
                return Summarize(SummaryType.String, text, text, shown);
            case JsonValueKind.Number:
                return Summarize(SummaryType.Number, Raw(value), ExactNumber.Canonical(value.Raw), shown);
            default:
                return Summarize(SummaryType.Boolean, Raw(value), Raw(value), shown);
        }
    }

    private ValueSummary Summarize(SummaryType type, string text, string identity, bool shown) =>
        shown ? ValueSummary.Shown(type, text, tokens) : new ValueSummary(type, text.Length, null, tokens.Token($"{type}:{identity}"));

    private static string Raw(IndexedValue value) => Encoding.UTF8.GetString(value.Raw);
}
