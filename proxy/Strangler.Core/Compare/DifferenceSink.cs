using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>
/// Knows where the comparison stands and collects what it finds: drops what a rule ignores, redacts the rest, and stops at
/// <see cref="Comparer.MaxDifferences"/>.
/// </summary>
internal sealed class DifferenceSink(CompareRules rules, DateOnly today, ValueTokens tokens)
{
    private readonly List<PathSegment> _path = [];
    private readonly List<Difference> _found = [];
    private bool _truncated;

    /// <summary>The node that is being compared.</summary>
    public ReadOnlySpan<PathSegment> Node => CollectionsMarshal.AsSpan(_path);

    /// <summary>True when nothing more can be taken: the walk can end.</summary>
    public bool IsFull => _truncated;

    public void Enter(PathSegment segment) => _path.Add(segment);

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Reports a difference at the current node; an undefined element stands for nothing.</summary>
    public void Report(DifferenceKind kind, JsonElement legacy, JsonElement @new)
    {
        if (rules.Ignores(Node, kind, today)) return;
        var shown = rules.Shows(Node);
        Add(new Difference(
            kind,
            PathSegment.Render(Node, template: true),
            PathSegment.Render(Node, template: false),
            Summarize(legacy, shown),
            Summarize(@new, shown)));
    }

    /// <summary>Reports a difference between whole bodies, which the path <c>$</c> stands for.</summary>
    public void ReportBody(DifferenceKind kind, ReadOnlyMemory<byte> legacy, ReadOnlyMemory<byte> @new)
    {
        if (!rules.Ignores([], kind, today)) Add(new Difference(kind, "$", "$", Summarize(legacy), Summarize(@new)));
    }

    /// <summary>Reports a difference outside the body.</summary>
    public void ReportOutside(DifferenceKind kind, string place, ValueSummary legacy, ValueSummary @new) =>
        Add(new Difference(kind, place, place, legacy, @new));

    /// <summary>The summary of a header whose value may be personal.</summary>
    public ValueSummary SummarizeHeader(string? value) =>
        value is null ? ValueSummary.Missing : new(SummaryType.Header, value.Length, null, tokens.Token(value));

    public Comparison ToComparison() => _found.Count == 0 ? Comparison.Same : new Comparison(_found, _truncated);

    private void Add(Difference difference)
    {
        if (_found.Count < Comparer.MaxDifferences) _found.Add(difference);
        else _truncated = true;
    }

    private ValueSummary Summarize(ReadOnlyMemory<byte> body) =>
        body.IsEmpty ? ValueSummary.Missing : new(SummaryType.Bytes, body.Length, null, tokens.Token(body.Span));

    private ValueSummary Summarize(JsonElement value, bool shown) => value.ValueKind switch
    {
        JsonValueKind.Undefined => ValueSummary.Missing,
        JsonValueKind.Null => new(SummaryType.Null, 0, null, null),
        JsonValueKind.Array => new(SummaryType.Array, value.GetArrayLength(), null, null),
        JsonValueKind.Object => new(SummaryType.Object, value.GetPropertyCount(), null, null),
        JsonValueKind.String => Summarize(SummaryType.String, JsonText.Value(value), JsonText.Value(value), shown),
        JsonValueKind.Number => SummarizeNumber(value, shown),
        _ => Summarize(SummaryType.Boolean, Raw(value), Raw(value), shown),
    };

    private ValueSummary SummarizeNumber(JsonElement value, bool shown) =>
        Summarize(SummaryType.Number, Raw(value), ExactNumber.Canonical(JsonMarshal.GetRawUtf8Value(value)), shown);

    private ValueSummary Summarize(SummaryType type, string text, string identity, bool shown) =>
        shown ? ValueSummary.Shown(type, text) : new ValueSummary(type, text.Length, null, tokens.Token($"{type}:{identity}"));

    private static string Raw(JsonElement value) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
}
