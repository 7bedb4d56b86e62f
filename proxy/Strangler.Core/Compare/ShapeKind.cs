namespace Strangler.Core.Compare;

/// <summary>What a volatile value must look like on both sides.</summary>
public enum ShapeKind
{
    /// <summary>A date and time in one of the rule's formats.</summary>
    Instant,

    /// <summary>A text of a UUID, with hyphens, in any case.</summary>
    Uuid,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text; an empty one only if both are.</summary>
    String,

    /// <summary>A text of an absolute http or https address.</summary>
    Url,
}
