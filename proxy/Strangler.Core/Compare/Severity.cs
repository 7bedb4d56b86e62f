namespace Strangler.Core.Compare;

/// <summary>How bad a difference is; what is shown first.</summary>
public enum Severity
{
    /// <summary>Form, order or a header: most clients do not notice.</summary>
    Low,

    /// <summary>A value that a client shows or uses is another.</summary>
    Medium,

    /// <summary>Something that clients rely on is gone, is of another type, or is another amount.</summary>
    High,
}
