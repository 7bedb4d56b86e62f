namespace Strangler.Sync.Applying;

/// <summary>Port: the target. What a write has reported is on disk.</summary>
internal interface ITargetWriter : IAsyncDisposable
{
    /// <summary>Writes everything in one transaction, tagged as ours; an aggregate that the target refuses is noted and left out.</summary>
    /// <exception cref="StalePositionException">The target's position is not the expected one; nothing was written.</exception>
    Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation);

    /// <summary>Ends the sessions, so that another process can take their place at once.</summary>
    Task CloseAsync();
}
