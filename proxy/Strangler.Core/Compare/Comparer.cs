using System.Net.Http.Headers;

namespace Strangler.Core.Compare;

/// <summary>Compares the answers of both sides: status, media type, Location and body. Pure and safe to share between threads.</summary>
/// <param name="tokens">Makes the tokens that stand for values which must not be stored.</param>
/// <param name="limits">How much is read and reported; null for the defaults.</param>
public sealed class Comparer(ValueTokens tokens, CompareLimits? limits = null)
{
    /// <summary>The default of <see cref="CompareLimits.MaxDepth"/>.</summary>
    public const int MaxDepth = 64;

    /// <summary>The default of <see cref="CompareLimits.MaxDifferences"/>.</summary>
    public const int MaxDifferences = 200;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

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

        CompareHeaders(legacy, @new, sink);
        if (!legacy.Body.Span.SequenceEqual(@new.Body.Span)) CompareBodies(legacy, @new, rules, apart, sink);
        return sink.ToComparison();
    }

    /// <summary>The comparison with a side that gave no answer.</summary>
    /// <param name="legacy">What legacy answered.</param>
    /// <param name="failure">What happened instead of an answer, in a word: <c>timeout</c>, <c>refused</c>.</param>
    public static Comparison CompareWithFailure(Answer legacy, string failure) =>
        new(
            [new Difference(DifferenceKind.NoAnswer, "answer", "answer", Status(legacy), ValueSummary.Shown(SummaryType.Failure, failure))],
            Truncated: false);

    private static void CompareHeaders(Answer legacy, Answer @new, DifferenceSink sink)
    {
        if (!string.Equals(legacy.Location, @new.Location, StringComparison.Ordinal))
        {
            sink.ReportOutside(
                DifferenceKind.Location, "header.location", sink.SummarizeHeader(legacy.Location), sink.SummarizeHeader(@new.Location));
        }

        var (leftType, rightType) = (MediaType(legacy), MediaType(@new));
        if (!string.Equals(leftType, rightType, StringComparison.OrdinalIgnoreCase))
            sink.ReportOutside(DifferenceKind.ContentType, "header.content-type", Media(leftType), Media(rightType));
        else if (!string.Equals(Charset(legacy), Charset(@new), StringComparison.OrdinalIgnoreCase))
            sink.ReportOutside(DifferenceKind.Charset, "header.content-type", Media(Charset(legacy)), Media(Charset(@new)));
    }

    private void CompareBodies(Answer legacy, Answer @new, CompareRules rules, TimeSpan apart, DifferenceSink sink)
    {
        if (legacy.Body.IsEmpty || @new.Body.IsEmpty)
        {
            sink.ReportBody(DifferenceKind.BodyPresence, legacy.Body, @new.Body);
            return;
        }

        if (!IsJson(MediaType(legacy)) || !IsJson(MediaType(@new)))
        {
            sink.ReportBody(DifferenceKind.Body, legacy.Body, @new.Body);
            return;
        }

        // Strict readers refuse a byte order mark (RFC 8259 forbids to send one); what follows it is compared all the same.
        if (HasMark(legacy.Body) != HasMark(@new.Body)) sink.ReportBody(DifferenceKind.Charset, legacy.Body, @new.Body);
        CompareJson(WithoutMark(legacy.Body), WithoutMark(@new.Body), rules, apart, sink);
    }

    private void CompareJson(ReadOnlyMemory<byte> legacy, ReadOnlyMemory<byte> @new, CompareRules rules, TimeSpan apart, DifferenceSink sink)
    {
        var leftResult = JsonIndex.Read(legacy, _limits, out var left);
        var rightResult = JsonIndex.Read(@new, _limits, out var right);
        using (left)
        using (right)
        {
            if (left is not null && right is not null)
            {
                new JsonComparer(rules, apart, _limits, sink).Compare(left.Root, right.Root);
            }
            else if (leftResult == JsonReadResult.BeyondLimit || rightResult == JsonReadResult.BeyondLimit)
            {
                sink.ReportBody(DifferenceKind.BeyondLimit, legacy, @new);
                sink.Truncate();
            }
            else
            {
                sink.ReportBody(left is null && right is null ? DifferenceKind.Body : DifferenceKind.ParseFailure, legacy, @new);
            }
        }
    }

    private static bool HasMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith(ByteOrderMark);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => HasMark(body) ? body[ByteOrderMark.Length..] : body;

    private static ValueSummary Status(Answer answer) => ValueSummary.Shown(SummaryType.Status, $"{answer.Status}");

    private static ValueSummary Media(string? value) =>
        value is null ? ValueSummary.Missing : ValueSummary.Shown(SummaryType.Header, value);

    private static string? MediaType(Answer answer) => Parse(answer)?.MediaType ?? answer.ContentType;

    // JSON is UTF-8 whether or not the header says so (RFC 8259).
    private static string? Charset(Answer answer) =>
        Parse(answer) is not { } type ? null : type.CharSet?.Trim('"') ?? (IsJson(type.MediaType) ? "utf-8" : null);

    private static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static MediaTypeHeaderValue? Parse(Answer answer) =>
        MediaTypeHeaderValue.TryParse(answer.ContentType, out var type) ? type : null;
}
