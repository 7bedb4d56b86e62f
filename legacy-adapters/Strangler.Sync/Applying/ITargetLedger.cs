using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>The bookkeeping of a stream, kept in its target, where it shares the fate of the data.</summary>
internal interface ITargetLedger
{
    /// <summary>Where the stream stands; null before its first start.</summary>
    Task<StreamPosition?> PositionAsync(CancellationToken cancellation);

    /// <summary>Sets the stream to a new beginning, whatever it was: every backfill is still to be done, and nothing waits.</summary>
    Task BeginAsync(SourceIdentity source, string slot, Lsn at, CancellationToken cancellation);

    /// <summary>Takes the stream over from whoever had it.</summary>
    /// <param name="lanes">The lanes to use; another number than before makes all of them begin at the lowest position.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<StreamPosition> TakeOverAsync(int lanes, CancellationToken cancellation);

    /// <summary>Everything up to a position has been applied in every lane.</summary>
    /// <exception cref="StalePositionException">Another process has taken the stream over.</exception>
    Task RaiseAsync(long epoch, Lsn low, CancellationToken cancellation);

    /// <summary>Notes aggregates to be read again, and that with them everything up to a position is known here.</summary>
    Task NoteAsync(IReadOnlyCollection<DirtyKey> keys, Lsn low, CancellationToken cancellation);

    /// <summary>Aggregates that wait and are due, with the stamps of their rows.</summary>
    Task<IReadOnlyDictionary<DirtyKey, long>> DueAsync(int limit, CancellationToken cancellation);

    /// <summary>Aggregates of a kind that stood still are due now.</summary>
    Task ReleaseAsync(string entity, CancellationToken cancellation);

    /// <summary>What waits.</summary>
    Task<Backlog> BacklogAsync(CancellationToken cancellation);

    /// <summary>Aggregates that failed and wait.</summary>
    Task<IReadOnlyCollection<DirtyKey>> FailingAsync(CancellationToken cancellation);

    /// <summary>Notes how far a backfill is.</summary>
    Task WriteFillAsync(FillProgress fill, CancellationToken cancellation);

    /// <summary>The keys of the aggregates that the target has, in a fixed order.</summary>
    /// <param name="mapping">The kind of aggregate.</param>
    /// <param name="after">The last key of the page before; null for the first page.</param>
    /// <param name="limit">The most keys to return.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation);

    /// <summary>Takes a snapshot of the target and keeps it.</summary>
    Task<ITargetSnapshot> SnapshotAsync(CancellationToken cancellation);

    /// <summary>The source's columns as this version of the mapping knows them; null when they have not been noted.</summary>
    Task<IReadOnlyList<string>?> FingerprintAsync(AggregateMapping mapping, CancellationToken cancellation);

    /// <summary>Notes the source's columns.</summary>
    Task SetFingerprintAsync(AggregateMapping mapping, IReadOnlyList<string> columns, CancellationToken cancellation);
}
