using System.Text;
using System.Text.Unicode;

namespace Strangler.Core.Compare;

/// <summary>Compares string tokens and says in which way they differ.</summary>
internal static class StringDifference
{
    /// <summary>The kind of the difference; null when the texts are equal, however they are escaped.</summary>
    public static DifferenceKind? Of(ReadOnlySpan<byte> legacyToken, ReadOnlySpan<byte> newToken)
    {
        var legacy = JsonText.Unescape(JsonText.Inner(legacyToken));
        var @new = JsonText.Unescape(JsonText.Inner(newToken));
        if (legacy.SequenceEqual(@new)) return null;
        if (!Utf8.IsValid(legacy) || !Utf8.IsValid(@new)) return DifferenceKind.String;
        return KindOf(Encoding.UTF8.GetString(legacy), Encoding.UTF8.GetString(@new));
    }

    private static DifferenceKind KindOf(string legacy, string @new)
    {
        if (string.Equals(legacy, @new, StringComparison.OrdinalIgnoreCase)) return DifferenceKind.StringCase;
        if (string.Equals(WithoutWhitespace(legacy), WithoutWhitespace(@new), StringComparison.Ordinal)) return DifferenceKind.Whitespace;
        return UnicodeForm.Same(legacy, @new) ? DifferenceKind.UnicodeForm : DifferenceKind.String;
    }

    private static string WithoutWhitespace(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
