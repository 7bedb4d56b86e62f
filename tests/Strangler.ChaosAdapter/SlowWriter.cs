using Strangler.Sync.Applying;

namespace Strangler.ChaosAdapter;

/// <summary>Writes a little later, so that a crash always finds something received and not applied.</summary>
internal sealed class SlowWriter(ITargetWriter inner) : ITargetWriter
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(150);

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation)
    {
        await Task.Delay(Later, cancellation);
        return await inner.WriteAsync(write, cancellation);
    }

    /// <inheritdoc/>
    public Task CloseAsync() => inner.CloseAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
