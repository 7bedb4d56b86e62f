namespace Strangler.Core.Compare;

/// <summary>What a volatile value must look like on both sides.</summary>
public enum ShapeKind
{
    /// <summary>A date and time in ISO 8601, with or without a time zone.</summary>
    Instant,
}
