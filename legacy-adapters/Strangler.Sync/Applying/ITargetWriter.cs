using Strangler.Sync.Mapping;

namespace Strangler.Sync.Applying;

/// <summary>Port: the target. What a write has reported is on disk.</summary>
internal interface ITargetWriter
{
    /// <summary>Where the stream stands.</summary>
    Task<StreamPosition> PositionAsync(CancellationToken cancellation);

    /// <summary>Sets the stream to a new beginning, whatever it was: every fill is still to be done.</summary>
    Task BeginAsync(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>Writes everything in one transaction.</summary>
    /// <exception cref="StaleCheckpointException">The target's checkpoint is not the expected one; nothing was written.</exception>
    Task<WriteOutcome> WriteAsync(TargetWrite write, CancellationToken cancellation);

    /// <summary>The keys of the aggregates that the target has, in a fixed order.</summary>
    /// <param name="mapping">The kind of aggregate.</param>
    /// <param name="after">The last key of the page before; null for the first page.</param>
    /// <param name="limit">The most keys to return.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation);
}
