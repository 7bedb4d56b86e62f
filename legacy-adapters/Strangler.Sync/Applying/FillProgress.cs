namespace Strangler.Sync.Applying;

/// <summary>How far the fill of one kind of aggregate is, written with the data in one transaction.</summary>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Version">The version of the mapping with which it was begun.</param>
/// <param name="Phase">What it is at.</param>
/// <param name="LastKey">The last key done in this phase; null at its beginning.</param>
/// <param name="Filled">The keys done.</param>
/// <param name="ToFill">About how many there are.</param>
internal sealed record FillProgress(string Entity, int Version, FillPhase Phase, string? LastKey, long Filled, long ToFill)
{
    /// <summary>A fill at its beginning.</summary>
    public static FillProgress Begin(string entity, int version, long toFill) => new(entity, version, FillPhase.Keys, null, 0, toFill);
}
