namespace Strangler.Core.Compare;

/// <summary>What a summarised value is.</summary>
public enum SummaryType
{
    /// <summary>There is nothing at this place.</summary>
    Missing,

    /// <summary>JSON null.</summary>
    Null,

    /// <summary>A JSON boolean.</summary>
    Boolean,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON string.</summary>
    String,

    /// <summary>A JSON array; its length counts the items.</summary>
    Array,

    /// <summary>A JSON object; its length counts the fields.</summary>
    Object,

    /// <summary>An HTTP status code.</summary>
    Status,

    /// <summary>The value of an HTTP header.</summary>
    Header,

    /// <summary>A body that is not JSON; its length counts bytes.</summary>
    Bytes,

    /// <summary>No answer; the text says what happened instead.</summary>
    Failure,

    /// <summary>An HTML element; its text is its name.</summary>
    Element,
}
