namespace Strangler.Sync.Reading;

/// <summary>A committed transaction of the source, reduced to the aggregates it may have changed.</summary>
/// <param name="Xid">Its 32-bit number.</param>
/// <param name="End">Where it ends in the log: the only position that may be acknowledged.</param>
/// <param name="Dirty">The aggregates.</param>
/// <param name="Truncated">The kinds of aggregates of which a table was truncated: all of them may have changed.</param>
internal sealed record SourceTransaction(uint Xid, Lsn End, IReadOnlySet<DirtyKey> Dirty, IReadOnlySet<string> Truncated);
