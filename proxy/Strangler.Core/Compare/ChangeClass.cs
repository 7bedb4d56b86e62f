namespace Strangler.Core.Compare;

/// <summary>In which recognisable ways a value changed; several can hold for one pair.</summary>
[Flags]
public enum ChangeClass
{
    /// <summary>In none of these ways.</summary>
    None = 0,

    /// <summary>Upper and lower case only.</summary>
    Case = 1 << 0,

    /// <summary>Whitespace at the ends only.</summary>
    Trim = 1 << 1,

    /// <summary>Whitespace only, within the text too.</summary>
    Whitespace = 1 << 2,

    /// <summary>The new text is legacy's with HTML characters escaped.</summary>
    HtmlEscaped = 1 << 3,

    /// <summary>The new text is legacy's with HTML characters no longer escaped.</summary>
    HtmlUnescaped = 1 << 4,

    /// <summary>Only the composition of accented letters.</summary>
    UnicodeForm = 1 << 5,

    /// <summary>The bytes of one text were read in the wrong charset (UTF-8 as Latin-1), which gave the other.</summary>
    Misread = 1 << 6,

    /// <summary>The new text is the beginning of legacy's.</summary>
    Cut = 1 << 7,

    /// <summary>The same value as another JSON type: 12 and "12", true and "true", null and "".</summary>
    Retyped = 1 << 8,

    /// <summary>Two numbers of as many decimals are one apart in the last of them.</summary>
    LastDigit = 1 << 9,

    /// <summary>The same instant, written differently.</summary>
    SameInstant = 1 << 10,

    /// <summary>Two dates and times of which only one names a time zone.</summary>
    Zone = 1 << 11,
}
