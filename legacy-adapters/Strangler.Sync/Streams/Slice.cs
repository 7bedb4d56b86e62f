using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>The part of a source transaction that belongs to one lane.</summary>
/// <param name="Xid">The transaction's 32-bit number.</param>
/// <param name="End">Where it ends in the log.</param>
/// <param name="Changes">The aggregates; null to be read again.</param>
/// <param name="IsLast">Whether the rest of the transaction is not still to come: only then its end has been reached.</param>
internal sealed record Slice(uint Xid, Lsn End, IReadOnlyDictionary<DirtyKey, SourceRows?> Changes, bool IsLast);
