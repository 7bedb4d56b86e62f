namespace Strangler.Core.Adapters;

/// <summary>An aggregate that is not known to be equal in both stores. Values are never told.</summary>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Key">Its key in the source; of a <c>stray</c> the key in the target.</param>
/// <param name="Kind">
/// <c>missing</c> in the target, <c>changed</c>, <c>extra</c> (the source has it no more), <c>stray</c> (no aggregate of the source leads to it),
/// <c>waiting</c>, <c>dead-letter</c>, <c>unmappable</c>, <c>changing</c> (all the time) or <c>unsettled</c> (the stream did not follow).
/// </param>
/// <param name="Fields">The fields that differ.</param>
public sealed record DataDifference(string Entity, string Key, string Kind, IReadOnlyList<DifferingField> Fields);
