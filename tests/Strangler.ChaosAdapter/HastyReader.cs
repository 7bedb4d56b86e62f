using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.ChaosAdapter;

/// <summary>Reads at once, whether its snapshot shows the transactions or not.</summary>
internal sealed class HastyReader(IAggregateReader inner) : IAggregateReader
{
    /// <inheritdoc/>
    public Task<SourceRead> ReadAsync(
        IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation) =>
        inner.ReadAsync(keys, [], cancellation);

    /// <inheritdoc/>
    public Task<ISourceSnapshot> SnapshotAsync(CancellationToken cancellation) => inner.SnapshotAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        inner.KeysAsync(mapping, after, limit, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MissingAsync(AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation) =>
        inner.MissingAsync(mapping, keys, cancellation);

    /// <inheritdoc/>
    public Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation) => inner.CountAsync(mapping, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ColumnsAsync(AggregateMapping mapping, CancellationToken cancellation) =>
        inner.ColumnsAsync(mapping, cancellation);

    /// <inheritdoc/>
    public Task<int> ActiveAsync(CancellationToken cancellation) => inner.ActiveAsync(cancellation);
}
