namespace Strangler.Sync.Applying;

/// <summary>Where a stream stands in its target.</summary>
/// <param name="Checkpoint">Null before the first start.</param>
/// <param name="Fills">One for each kind of aggregate that has been begun.</param>
internal sealed record StreamPosition(Checkpoint? Checkpoint, IReadOnlyList<FillProgress> Fills);
