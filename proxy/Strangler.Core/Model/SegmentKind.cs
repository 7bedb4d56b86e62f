namespace Strangler.Core.Model;

/// <summary>What one segment of a path template takes; the smaller, the more specific.</summary>
internal enum SegmentKind
{
    /// <summary>One text, whatever its case.</summary>
    Literal,

    /// <summary>Any one segment.</summary>
    Parameter,

    /// <summary>Everything that is left, nothing included.</summary>
    CatchAll,
}
