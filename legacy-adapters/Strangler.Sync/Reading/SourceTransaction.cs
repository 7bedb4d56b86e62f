using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>A committed transaction of the source, reduced to the aggregates it may have changed.</summary>
/// <param name="Xid">Its 32-bit number.</param>
/// <param name="End">Where it ends in the log: the only position that may be acknowledged.</param>
/// <param name="Changes">The aggregates; with the rows as the log has them where the mapping takes those, else null: to be read again.</param>
/// <param name="Stale">The kinds of aggregates of which all may have changed: a table was truncated, or its rows cannot be routed.</param>
/// <param name="IsLast">False for a piece of a large one of which more is to come: then the end is only where the last piece will end.</param>
internal sealed record SourceTransaction(
    uint Xid, Lsn End, IReadOnlyDictionary<DirtyKey, SourceRows?> Changes, IReadOnlySet<string> Stale, bool IsLast = true);
