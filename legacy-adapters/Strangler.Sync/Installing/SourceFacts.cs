namespace Strangler.Sync.Installing;

/// <summary>What was found in the source.</summary>
/// <param name="WalLevel">The setting <c>wal_level</c>.</param>
/// <param name="KeepSize">The setting <c>max_slot_wal_keep_size</c>; -1 means without limit.</param>
/// <param name="Reader">The role of the adapters.</param>
/// <param name="ReaderExists">Whether there is such a role that may log in.</param>
/// <param name="ReaderReplicates">Whether it has the attribute REPLICATION.</param>
/// <param name="Publication">The name of our publication.</param>
/// <param name="PublicationExists">Whether it is there.</param>
/// <param name="PublishesAll">Whether it is one for all tables.</param>
/// <param name="Strays">Tables in it that are not mapped, as written in SQL.</param>
/// <param name="Schemas">Schemas of mapped tables that the reader may not use.</param>
/// <param name="Tables">The mapped tables.</param>
internal sealed record SourceFacts(
    string WalLevel,
    string KeepSize,
    string Reader,
    bool ReaderExists,
    bool ReaderReplicates,
    string Publication,
    bool PublicationExists,
    bool PublishesAll,
    IReadOnlyList<string> Strays,
    IReadOnlyList<string> Schemas,
    IReadOnlyList<SourceTableFacts> Tables);
