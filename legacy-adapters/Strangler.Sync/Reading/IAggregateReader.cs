using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Port: the present state of aggregates in the source.</summary>
internal interface IAggregateReader
{
    /// <summary>Reads aggregates in one snapshot that shows all the given transactions; waits for such a snapshot.</summary>
    Task<SourceRead> ReadAsync(IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation);

    /// <summary>Takes a snapshot and keeps it, so that several readers can use it; it holds back the source's clean-up while it lasts.</summary>
    Task<ISourceSnapshot> SnapshotAsync(CancellationToken cancellation);

    /// <summary>The next keys in the order of the root's key; fewer than the limit means that these are the last.</summary>
    /// <param name="mapping">The kind of aggregate.</param>
    /// <param name="after">The last key of the page before; null for the first page.</param>
    /// <param name="limit">The most keys to return.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation);

    /// <summary>Those of the keys that the source does not have any more.</summary>
    Task<IReadOnlyList<string>> MissingAsync(AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation);

    /// <summary>About how many aggregates there are.</summary>
    Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation);

    /// <summary>How many sessions of others are at work in the source.</summary>
    Task<int> ActiveAsync(CancellationToken cancellation);

    /// <summary>The mapped columns as the source has them now, each as <c>table.column type</c>; those that are missing are left out.</summary>
    Task<IReadOnlyList<string>> ColumnsAsync(AggregateMapping mapping, CancellationToken cancellation);
}
