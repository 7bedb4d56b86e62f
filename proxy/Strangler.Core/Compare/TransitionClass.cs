using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>
/// In what way a value changed, as far as this can be said of a single pair and tells two bugs apart that differ in nothing else: a
/// price that became zero is not a price that was rounded. It tells no value that no rule shows.
/// </summary>
internal static class TransitionClass
{
    /// <summary>The class, for example <c>positive->zero</c>; empty when the kind and the types say it all.</summary>
    /// <param name="kind">The kind of the difference.</param>
    /// <param name="legacy">Legacy's value; nothing stands for none.</param>
    /// <param name="new">The new side's value.</param>
    /// <param name="tokens">Makes the tokens that stand for values which must not be stored.</param>
    public static string Of(DifferenceKind kind, IndexedValue legacy, IndexedValue @new, ValueTokens tokens) => kind switch
    {
        DifferenceKind.Number or DifferenceKind.NumberFormat => Changed(OfNumber(legacy.Raw), OfNumber(@new.Raw)),
        DifferenceKind.String or DifferenceKind.Whitespace => Changed(OfString(legacy.Raw), OfString(@new.Raw)),

        // There are only two, so that the direction would tell the values.
        DifferenceKind.Boolean => tokens.Lasting(legacy.Kind == JsonValueKind.True ? "true->false" : "false->true"),
        _ => "",
    };

    /// <summary>The class of two texts.</summary>
    public static string OfTexts(string? legacy, string? @new) =>
        legacy is null || @new is null ? "" : Changed(legacy.Length == 0 ? "empty" : "text", @new.Length == 0 ? "empty" : "text");

    private static string Changed(string legacy, string @new) =>
        string.Equals(legacy, @new, StringComparison.Ordinal) ? "" : $"{legacy}->{@new}";

    private static string OfNumber(ReadOnlySpan<byte> token)
    {
        if (ExactNumber.IsZero(token)) return "zero";
        return token[0] == (byte)'-' ? "negative" : "positive";
    }

    private static string OfString(ReadOnlySpan<byte> token)
    {
        const int quotes = 2;
        return token.Length == quotes ? "empty" : "text";
    }
}
