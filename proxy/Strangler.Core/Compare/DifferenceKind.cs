namespace Strangler.Core.Compare;

/// <summary>In what way two answers deviate. The names are written to records and rules: members are only ever added.</summary>
public enum DifferenceKind
{
    /// <summary>The status codes differ.</summary>
    Status,

    /// <summary>The Location headers differ.</summary>
    Location,

    /// <summary>The media types differ.</summary>
    ContentType,

    /// <summary>The charsets differ.</summary>
    Charset,

    /// <summary>One side has a body, the other has none.</summary>
    BodyPresence,

    /// <summary>Both claim JSON and one of them is none, or is nested too deeply.</summary>
    ParseFailure,

    /// <summary>Bodies differ in their bytes and cannot be compared otherwise: the media types differ, or neither is what it says.</summary>
    Body,

    /// <summary>A field that legacy has is missing in the new answer.</summary>
    Missing,

    /// <summary>The new answer has a field that legacy does not have.</summary>
    Extra,

    /// <summary>A field is null on one side and missing on the other.</summary>
    NullVsMissing,

    /// <summary>The JSON types differ, null included.</summary>
    Type,

    /// <summary>Two numbers differ in value.</summary>
    Number,

    /// <summary>Two strings differ.</summary>
    String,

    /// <summary>true on one side, false on the other.</summary>
    Boolean,

    /// <summary>The same items in another order.</summary>
    Order,

    /// <summary>An item of the legacy array is missing in the new one.</summary>
    ItemMissing,

    /// <summary>The new array has an item that the legacy one does not have.</summary>
    ItemExtra,

    /// <summary>A key occurs several times in an object, and not in the same way on both sides.</summary>
    DuplicateKey,

    /// <summary>A field whose shape is an instant is none on one side, or only one side names a time zone.</summary>
    DateFormat,

    /// <summary>Two instants are further apart than the rule allows.</summary>
    DateShift,

    /// <summary>The new side gave no answer that could be compared: refused, reset, too late or too large.</summary>
    NoAnswer,

    /// <summary>Two numbers are equal and written differently, as 1 and 1.0 are: a note.</summary>
    NumberFormat,

    /// <summary>Two strings differ in upper and lower case only.</summary>
    StringCase,

    /// <summary>Two strings differ in whitespace only.</summary>
    Whitespace,

    /// <summary>Two strings differ only in how their accented letters are composed.</summary>
    UnicodeForm,

    /// <summary>Items of an array have the same key, and were paired in the order in which they stand: a note.</summary>
    DuplicateItemKey,

    /// <summary>Bodies differ and have more values than are read.</summary>
    BeyondLimit,

    /// <summary>A value does not have the shape that a rule asks for.</summary>
    Shape,

    /// <summary>Values of different types that a rule takes for equal: a note.</summary>
    Coerced,

    /// <summary>Two bodies are larger than what is kept of a body, and their lengths or hashes differ.</summary>
    BeyondCapUnequal,

    /// <summary>A header that legacy sends is missing in the new answer.</summary>
    HeaderMissing,

    /// <summary>The new answer has a header that legacy does not send.</summary>
    HeaderExtra,

    /// <summary>The values of a header differ.</summary>
    HeaderValue,

    /// <summary>Both sides set a cookie and its attributes differ, or only one deletes it or gives it a value.</summary>
    SetCookie,

    /// <summary>Only one side sets a cookie: a note, because a copy carries none of the client's cookies.</summary>
    CookieOnOneSide,

    /// <summary>An HTML element is missing, extra, or another one.</summary>
    HtmlNode,

    /// <summary>An attribute of an HTML element differs or is on one side only.</summary>
    HtmlAttribute,

    /// <summary>The text in an HTML element differs.</summary>
    HtmlText,

    /// <summary>Lines of a text differ.</summary>
    Text,

    /// <summary>A field of a form-encoded body differs or is on one side only.</summary>
    FormField,

    /// <summary>Bodies of a type that is not looked into differ in their bytes.</summary>
    Binary,
}
