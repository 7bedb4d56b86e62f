using System.Text;
using Strangler.Core.Compare.Causes;
using Strangler.Core.Compare.Content;

namespace Strangler.Core.Compare;

/// <summary>
/// What draft rules would hide of differences that are stored. Values are not, so that it is told from kinds, types, lengths, shown texts
/// and derived features; what they do not tell is <see cref="PreviewEffect.NotKnown"/> and never guessed.
/// </summary>
public static class RulePreview
{
    private const int UuidLength = 36;
    private const int ShortestIso = 19;

    // Longer texts of digits were not looked at when they were compared.
    private const int LongestAmount = 9;

    /// <summary>The effect on each difference, in their order.</summary>
    /// <param name="draft">The rules that hold for the operation.</param>
    /// <param name="stored">The differences, as they were reported under other rules.</param>
    /// <param name="today">The day by which ignore rules expire.</param>
    public static IReadOnlyList<PreviewEffect> Of(CompareRules draft, IReadOnlyList<Difference> stored, DateOnly today) =>
        [.. stored.Select(difference => Of(draft, difference, today))];

    private static PreviewEffect Of(CompareRules draft, Difference difference, DateOnly today)
    {
        if (HeaderOf(difference.Path) is { } header)
            return draft.IgnoredHeader(header, difference.Kind, today) is null ? PreviewEffect.Stays : PreviewEffect.Hidden;
        if (!difference.Path.StartsWith('$')) return PreviewEffect.Stays;
        if (StoredNode.Of(difference) is not { } node) return PreviewEffect.NotKnown;
        if (draft.Ignored(node, difference.Kind, today) is not null) return PreviewEffect.Hidden;
        if (IsPairedOtherwise(draft, node)) return difference.Kind == DifferenceKind.Order && IsUnordered(draft, node) ? PreviewEffect.Hidden : PreviewEffect.NotKnown;
        if (draft.Shape(node)?.Shape is { } shape) return OfShape(shape, difference);
        if (draft.Embedded(node) is not null && AreTexts(difference)) return PreviewEffect.NotKnown;
        if (draft.Coercion(node) is { } coercion && IsCoerced(coercion.Coerce, difference)) return PreviewEffect.Hidden;
        return draft.Tolerance(node)?.Tolerate is { } tolerance ? OfTolerance(tolerance, difference) : PreviewEffect.Stays;
    }

    private static string? HeaderOf(string path)
    {
        const string start = "header.";
        if (!path.StartsWith(start, StringComparison.Ordinal)) return null;
        var name = path[start.Length..];
        return name.StartsWith($"{HeaderPolicy.SetCookie}.", StringComparison.OrdinalIgnoreCase) ? HeaderPolicy.SetCookie : name;
    }

    // A rule about an array above can pair other items with each other.
    private static bool IsPairedOtherwise(CompareRules draft, ReadOnlySpan<PathSegment> node)
    {
        for (var length = 0; length <= node.Length; length++)
            if (draft.ForArray(node[..length]) is not null) return true;
        return false;
    }

    private static bool IsUnordered(CompareRules draft, ReadOnlySpan<PathSegment> node) => draft.ForArray(node) is { Unordered: true };

    private static PreviewEffect OfShape(ShapeRule shape, Difference difference)
    {
        if (difference.Legacy.Type != difference.New.Type || difference.Legacy.Type is not (SummaryType.String or SummaryType.Number)) return StaysOrUnknown(shape, difference);
        var isText = difference.Legacy.Type == SummaryType.String;
        return shape.Kind switch
        {
            ShapeKind.Instant => OfInstants(shape, difference),
            ShapeKind.Number when !IsJson(difference.Kind) => difference.Derived is { Higher: not null } ? PreviewEffect.Hidden : PreviewEffect.NotKnown,
            ShapeKind.Number => isText ? PreviewEffect.Stays : PreviewEffect.Hidden,
            ShapeKind.String => isText && (difference.Legacy.Length == 0) == (difference.New.Length == 0) ? PreviewEffect.Hidden : PreviewEffect.Stays,
            _ when !isText => PreviewEffect.Stays,
            ShapeKind.Uuid when difference.Legacy.Length != UuidLength || difference.New.Length != UuidLength => PreviewEffect.Stays,
            _ => OfTexts(difference, text => ShapeCheck.Has(shape.Kind, text)),
        };
    }

    // One side may write an instant as a number and the other as a text, if the rule has such formats.
    private static PreviewEffect StaysOrUnknown(ShapeRule shape, Difference difference) =>
        difference.Kind == DifferenceKind.Type && shape is { Kind: ShapeKind.Instant, Formats.Count: > 1 } ? PreviewEffect.NotKnown : PreviewEffect.Stays;

    private static PreviewEffect OfInstants(ShapeRule shape, Difference difference)
    {
        var isIso = shape.Formats is [InstantFormat.Iso];
        var mayBeIso = AreTexts(difference) && Math.Min(difference.Legacy.Length, difference.New.Length) >= ShortestIso;
        if (!mayBeIso || difference.Derived is not { TimeShift: { } shift } derived) return isIso ? PreviewEffect.Stays : PreviewEffect.NotKnown;
        if (!shape.Formats.Contains(InstantFormat.Iso)) return PreviewEffect.Stays;
        if (derived.Change.HasFlag(ChangeClass.Zone)) return PreviewEffect.Stays;

        // How much later the new side was asked is not stored, and an instant may follow the clock.
        if (shape.Within is { } within && shift.Duration() > within) return shift > TimeSpan.Zero ? PreviewEffect.NotKnown : PreviewEffect.Stays;
        return PreviewEffect.Hidden;
    }

    private static PreviewEffect OfTexts(Difference difference, Func<string, bool> has)
    {
        if (difference.Legacy.Text is not { } legacy || difference.New.Text is not { } @new) return PreviewEffect.NotKnown;
        if (legacy.Length > ValueSummary.MaxText || @new.Length > ValueSummary.MaxText) return PreviewEffect.NotKnown;
        return has(legacy) && has(@new) ? PreviewEffect.Hidden : PreviewEffect.Stays;
    }

    private static bool IsCoerced(Coercions allowed, Difference difference)
    {
        if (difference.Kind == DifferenceKind.NullVsMissing) return allowed.HasFlag(Coercions.NullMissing);
        if (difference.Derived is not { } derived || !derived.Change.HasFlag(ChangeClass.Retyped)) return false;
        var other = difference.Legacy.Type == SummaryType.String ? difference.New.Type : difference.Legacy.Type;
        return allowed.HasFlag(other switch
        {
            SummaryType.Number => Coercions.NumericString,
            SummaryType.Boolean => Coercions.BoolString,
            _ => Coercions.EmptyNull,
        });
    }

    private static PreviewEffect OfTolerance(Tolerance tolerance, Difference difference)
    {
        if (difference.Kind != DifferenceKind.Number && !AreTexts(difference)) return PreviewEffect.Stays;
        if (difference is { Legacy.Text: { } legacy, New.Text: { } @new } && JsonText.IsNumber(Encoding.UTF8.GetBytes(legacy)) && JsonText.IsNumber(Encoding.UTF8.GetBytes(@new)))
            return tolerance.Accepts(Encoding.UTF8.GetBytes(legacy), Encoding.UTF8.GetBytes(@new), out _) ? PreviewEffect.Hidden : PreviewEffect.Stays;
        if (difference.Derived is not { Higher: not null } derived)
            return AreTexts(difference) && Math.Max(difference.Legacy.Length, difference.New.Length) <= LongestAmount ? PreviewEffect.Stays : PreviewEffect.NotKnown;

        var effects = new[] { OfBound(tolerance.Abs, derived.DistanceAtMost), OfBound(tolerance.Ppm, derived.RelativeAtMost), tolerance.Scale is null ? PreviewEffect.Stays : PreviewEffect.NotKnown };
        return effects.Contains(PreviewEffect.Hidden) ? PreviewEffect.Hidden : effects.Contains(PreviewEffect.NotKnown) ? PreviewEffect.NotKnown : PreviewEffect.Stays;
    }

    // The distance lies above the step before and at or below the step.
    private static PreviewEffect OfBound(decimal? bound, decimal? atMost)
    {
        if (bound is null) return PreviewEffect.Stays;
        if (atMost is not { } step) return PreviewEffect.NotKnown;
        if (step <= bound) return PreviewEffect.Hidden;
        return Steps.Before(step) >= bound ? PreviewEffect.Stays : PreviewEffect.NotKnown;
    }

    // Elsewhere every number is a text.
    private static bool IsJson(DifferenceKind kind) =>
        kind is not (DifferenceKind.Text or DifferenceKind.FormField or DifferenceKind.HtmlText or DifferenceKind.HtmlAttribute);

    private static bool AreTexts(Difference difference) => difference is { Legacy.Type: SummaryType.String, New.Type: SummaryType.String };
}
