using Strangler.Sync.Applying;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>A snapshot of either store in which both have the same state, aggregate by aggregate, unless one was tampered with.</summary>
/// <param name="Source">Of the source.</param>
/// <param name="Target">Of the target.</param>
internal sealed record AlignedSnapshots(ISourceSnapshot Source, ITargetSnapshot Target) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }
}
