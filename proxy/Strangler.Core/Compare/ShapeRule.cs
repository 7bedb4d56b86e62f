namespace Strangler.Core.Compare;

/// <summary>A value that may differ but must keep its shape on both sides, so that a null or a wrong type is still seen.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="Within">How far apart two instants may be; null when any distance is fine.</param>
public sealed record ShapeRule(ShapeKind Kind, TimeSpan? Within)
{
    /// <summary>How instants may be written, each side in its own way; ISO 8601 by default.</summary>
    public IReadOnlyList<InstantFormat> Formats { get; init; } = [InstantFormat.Iso];
}
