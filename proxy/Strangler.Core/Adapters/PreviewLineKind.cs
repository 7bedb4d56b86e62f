namespace Strangler.Core.Adapters;

/// <summary>What a line of a preview says.</summary>
public enum PreviewLineKind
{
    /// <summary>Something to know.</summary>
    Plain,

    /// <summary>Something dangerous.</summary>
    Warning,

    /// <summary>Why nothing would be done.</summary>
    Refusal,

    /// <summary>SQL.</summary>
    Statement,
}
