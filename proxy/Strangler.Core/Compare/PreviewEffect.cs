namespace Strangler.Core.Compare;

/// <summary>What draft rules would do to one stored difference.</summary>
public enum PreviewEffect
{
    /// <summary>The difference would still be reported.</summary>
    Stays,

    /// <summary>The difference would not be reported any more.</summary>
    Hidden,

    /// <summary>What is stored of it does not tell: its values are not kept.</summary>
    NotKnown,
}
