namespace Strangler.Sync.Reconciling;

/// <summary>A half-open range of keys, so that neighbouring ranges neither overlap nor leave a gap.</summary>
/// <param name="After">The key before the first one; null from the beginning.</param>
/// <param name="To">The last key that belongs to it; null to the end.</param>
internal readonly record struct KeyRange(object? After, object? To);
