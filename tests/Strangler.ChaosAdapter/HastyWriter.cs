using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;

namespace Strangler.ChaosAdapter;

/// <summary>Reports a write at once and commits it a little later, in order.</summary>
internal sealed class HastyWriter(ITargetWriter inner) : ITargetWriter
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(150);

    private Task _last = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<StreamPosition> PositionAsync(CancellationToken cancellation)
    {
        // A commit that failed after its success was reported is lost; a new session goes on from what is there.
        await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _last = Task.CompletedTask;
        return await inner.PositionAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task BeginAsync(Checkpoint checkpoint, CancellationToken cancellation) => inner.BeginAsync(checkpoint, cancellation);

    /// <inheritdoc/>
    public Task<WriteOutcome> WriteAsync(TargetWrite write, CancellationToken cancellation)
    {
        if (_last.IsFaulted)
        {
            // Nothing that follows can be committed; not an exception of data, which would be tried again here.
            throw new IOException("A commit that was reported has failed.", _last.Exception);
        }

        _last = CommitAsync(_last, write);
        return Task.FromResult(new WriteOutcome(write.Aggregates.Count, 0));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        inner.KeysAsync(mapping, after, limit, cancellation);

    private async Task CommitAsync(Task before, TargetWrite write)
    {
        var later = Task.Delay(Later);
        await before;
        await later;
        await inner.WriteAsync(write, CancellationToken.None);
    }
}
