namespace Strangler.Core.Compare.Content;

/// <summary>How a body is compared.</summary>
internal enum ContentKind
{
    /// <summary>By its bytes.</summary>
    Binary,

    /// <summary>As a JSON document.</summary>
    Json,

    /// <summary>As a tree of elements.</summary>
    Html,

    /// <summary>Line by line.</summary>
    Text,

    /// <summary>Field by field.</summary>
    Form,
}
