using System.Collections.Concurrent;
using Strangler.Sync.Applying;

namespace Strangler.ChaosAdapter;

/// <summary>Reports a write at once and commits it a little later, in the order of its lane.</summary>
internal sealed class HastyWriter(ITargetWriter inner) : ITargetWriter
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<int, Task> _last = [];

    /// <inheritdoc/>
    public Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation)
    {
        var last = _last.GetValueOrDefault(write.Lane) ?? Task.CompletedTask;
        if (last.IsFaulted)
        {
            // Nothing that follows can be committed; not an exception of data, which would be tried again here.
            throw new IOException("A commit that was reported has failed.", last.Exception);
        }

        _last[write.Lane] = CommitAsync(last, write);
        return Task.FromResult(new WriteOutcome(write.Aggregates.Count, 0, []));
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        // A commit that failed after its success was reported is lost; a new session goes on from what is there.
        await Task.WhenAll(_last.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _last.Clear();
        await inner.CloseAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task CommitAsync(Task before, LaneWrite write)
    {
        var later = Task.Delay(Later);
        await before;
        await later;
        await inner.WriteAsync(write, CancellationToken.None);
    }
}
