namespace Strangler.Core.Compare;

/// <summary>One deviation of the new answer from the legacy answer.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Path">
/// Where, with indices replaced by stars so that all items share one path: <c>$.items[*].price</c>. <c>status</c>,
/// <c>header.location</c>, <c>header.content-type</c> and <c>answer</c> stand for places outside a JSON body.
/// </param>
/// <param name="ConcretePath">
/// Where exactly, as a JSON Pointer (RFC 6901), empty for the whole body; indices are those of the legacy answer, of the new one for extra items.
/// </param>
/// <param name="Legacy">What legacy has there.</param>
/// <param name="New">What the new side has there.</param>
public sealed record Difference(DifferenceKind Kind, string Path, string ConcretePath, ValueSummary Legacy, ValueSummary New)
{
    /// <summary>How bad it is, as long as nothing more is known.</summary>
    public Severity Severity => Kind.Severity();

    /// <summary>
    /// In what way the value changed, where this tells bugs apart: <c>positive->zero</c>, <c>text->empty</c>; a keyed token where it would
    /// tell the values; else empty.
    /// </summary>
    public string Transition { get; init; } = "";

    /// <summary>True if it lies in an array item that was paired with another only because of its position.</summary>
    public bool LowConfidence { get; init; }

    /// <summary>In what way the value changed, taken from the raw values; null when there is nothing to say.</summary>
    public DerivedFeatures? Derived { get; init; }
}
