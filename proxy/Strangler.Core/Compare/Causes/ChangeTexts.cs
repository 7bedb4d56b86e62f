namespace Strangler.Core.Compare.Causes;

/// <summary>What each class of changes is called in a sentence.</summary>
internal static class ChangeTexts
{
    /// <summary>Classes that explain a change better than any arithmetic does, the narrower ones first.</summary>
    public static IReadOnlyList<(ChangeClass Change, string Text)> Telling { get; } =
    [
        (ChangeClass.SameInstant, "the same instant, written differently"),
        (ChangeClass.Zone, "the same time of day, with a time zone on one side only"),
        (ChangeClass.Misread, "read in the wrong charset (UTF-8 as Latin-1)"),
        (ChangeClass.HtmlEscaped, "equal to legacy with HTML characters escaped"),
        (ChangeClass.HtmlUnescaped, "equal to legacy with HTML characters no longer escaped"),
        (ChangeClass.UnicodeForm, "equal but for the composition of accented letters (Unicode form)"),
        (ChangeClass.Case, "equal but for upper and lower case"),
        (ChangeClass.Trim, "equal but for whitespace at the ends"),
        (ChangeClass.Whitespace, "equal but for whitespace"),
        (ChangeClass.Retyped, "the same value as another JSON type"),
    ];

    /// <summary>Classes that say less than a constant does.</summary>
    public static IReadOnlyList<(ChangeClass Change, string Text)> Weak { get; } =
    [
        (ChangeClass.LastDigit, "one apart in the last decimal (rounding)"),
        (ChangeClass.Cut, "the beginning of legacy's text, which is cut off"),
    ];
}
