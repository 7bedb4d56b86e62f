using Strangler.Core.Compare.Content;

namespace Strangler.Core.Compare;

/// <summary>Compares the answers of both sides: status, headers and body. Pure and safe to share between threads.</summary>
/// <param name="tokens">Makes the tokens that stand for values which must not be stored.</param>
/// <param name="limits">How much is read and reported; null for the defaults.</param>
public sealed class Comparer(ValueTokens tokens, CompareLimits? limits = null)
{
    /// <summary>The default of <see cref="CompareLimits.MaxDepth"/>.</summary>
    public const int MaxDepth = 64;

    /// <summary>The default of <see cref="CompareLimits.MaxDifferences"/>.</summary>
    public const int MaxDifferences = 200;

    private readonly CompareLimits _limits = limits ?? new CompareLimits();

    /// <summary>
    /// Compares two answers. Bodies are looked at only when the statuses agree: an error page and a product have nothing to compare.
    /// Equal bytes are never parsed. The caller bounds the size of the bodies.
    /// </summary>
    /// <param name="legacy">What legacy answered.</param>
    /// <param name="new">What the new side answered.</param>
    /// <param name="rules">The rules that hold for the operation.</param>
    /// <param name="today">The day by which ignore rules expire.</param>
    /// <param name="apart">
    /// By how much the new answer is younger than legacy's: where only the shape of an instant is compared, it may follow the clock.
    /// </param>
    public Comparison Compare(Answer legacy, Answer @new, CompareRules rules, DateOnly today, TimeSpan apart = default)
    {
        var sink = new DifferenceSink(rules, today, tokens, _limits.MaxDifferences);
        if (legacy.Status != @new.Status)
        {
            sink.ReportOutside(DifferenceKind.Status, "status", Status(legacy), Status(@new));
            return sink.ToComparison();
        }

        new HeaderComparer(rules, sink).Compare(legacy, @new);
        if (HaveEqualBodies(legacy, @new)) return sink.ToComparison();
        if (legacy.Whole is not null || @new.Whole is not null) sink.ReportWhole(legacy, @new);
        else new BodyComparer(rules, _limits, apart, sink).Compare(legacy, @new);
        return sink.ToComparison();
    }

    /// <summary>The comparison with a side that gave no answer.</summary>
    /// <param name="legacy">What legacy answered.</param>
    /// <param name="failure">What happened instead of an answer, in a word: <c>timeout</c>, <c>refused</c>.</param>
    public static Comparison CompareWithFailure(Answer legacy, string failure) =>
        new(
            [new Difference(DifferenceKind.NoAnswer, "answer", "answer", Status(legacy), ValueSummary.Shown(SummaryType.Failure, failure))],
            Truncated: false);

    private static bool HaveEqualBodies(Answer legacy, Answer @new) =>
        legacy.Whole is null && @new.Whole is null ? legacy.Body.Span.SequenceEqual(@new.Body.Span) : legacy.Whole == @new.Whole;

    private static ValueSummary Status(Answer answer) => ValueSummary.Shown(SummaryType.Status, $"{answer.Status}");
}
