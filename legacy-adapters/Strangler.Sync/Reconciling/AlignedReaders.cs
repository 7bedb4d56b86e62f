using Npgsql;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Reconciling;

/// <summary>Both stores at one instant, at which they must say the same.</summary>
/// <param name="Source">The source.</param>
/// <param name="Target">The target.</param>
internal sealed record AlignedReaders(SnapshotReader Source, SnapshotReader Target) : IAsyncDisposable
{
    /// <summary>Takes over the snapshots that the engine has made; the engine keeps neither any longer than that takes.</summary>
    public static async Task<AlignedReaders> TakeAsync(
        Func<CancellationToken, Task<AlignedSnapshots>> align, NpgsqlDataSource source, NpgsqlDataSource target, CancellationToken cancellation)
    {
        await using var snapshots = await align(cancellation);
        var reader = await SnapshotReader.HoldAsync(source, snapshots.Source.Id, cancellation);
        try
        {
            return new AlignedReaders(reader, await SnapshotReader.HoldAsync(target, snapshots.Target.Id, cancellation));
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }
}
