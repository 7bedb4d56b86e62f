namespace Strangler.Core.Adapters;

/// <summary>What a mapping reads and writes.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Version">The mapping's version.</param>
/// <param name="Reads">Tables of the source, the root first.</param>
/// <param name="Writes">Columns of the target.</param>
public sealed record EntityPreview(string Stream, string Entity, int Version, IReadOnlyList<string> Reads, IReadOnlyList<FieldPreview> Writes);
