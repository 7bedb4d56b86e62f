namespace Strangler.Sync.Reading;

/// <summary>A state of the source that is kept until this is disposed of.</summary>
internal interface ISourceSnapshot : IAsyncDisposable
{
    /// <summary>Which transactions it shows.</summary>
    SnapshotView View { get; }

    /// <summary>Every transaction that it shows ended before this position.</summary>
    Lsn Seen { get; }

    /// <summary>Its name, by which another session of the source can read in it: <c>set transaction snapshot</c>.</summary>
    string Id { get; }

    /// <summary>Reads aggregates in it; callers take turns.</summary>
    Task<IReadOnlyList<SourceAggregate>> ReadAsync(IReadOnlyCollection<DirtyKey> keys, CancellationToken cancellation);
}
