using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>What belongs to us in a source that is followed by triggers: the schema <c>strangler</c>.</summary>
internal static class TriggerSchema
{
    /// <summary>The schema.</summary>
    public const string Name = "strangler";

    /// <summary>Says that something may not have been noted: the source must be read again. The value differs each time and survives a rollback.</summary>
    public const string SetMissed = "select setval('strangler.missed', pg_current_xact_id()::text::bigint)";

    /// <summary>Its tables and its sequence, each with the statement that makes it and with what the reader may do with it.</summary>
    public static IReadOnlyList<(string Object, string Create, string Rights)> Objects { get; } =
    [
        (
            "strangler.change",
            """
            create table strangler.change (
                xid xid8 not null default pg_current_xact_id(), id bigint generated always as identity, tbl text not null, col text, keys text[],
                primary key (xid, id)) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)
            """,
            "select, delete, truncate on"),
        (
            "strangler.feed",
            """
            create table strangler.feed (
                one boolean primary key default true check (one), generation uuid not null default gen_random_uuid(),
                session bigint not null default 0, confirmed bigint not null default 0, missed bigint not null default -1);
            insert into strangler.feed default values
            """,
            "select, update on"),
        ("strangler.missed", "create sequence strangler.missed", "select on sequence"),
    ];

    /// <summary>The triggers that these mappings need.</summary>
    /// <param name="router">Knows the mappings.</param>
    /// <param name="tables">The mapped tables.</param>
    /// <param name="limit">The limit of the notes, in bytes.</param>
    public static IReadOnlyList<ChangeTrigger> Triggers(Router router, IEnumerable<TableName> tables, long limit) =>
    [
        .. from table in tables.Distinct()
           let columns = router.RoutingColumns(table).Order(StringComparer.Ordinal).ToList()
           from happening in ChangeTrigger.Events
           select new ChangeTrigger(table, happening, columns, limit),
    ];
}
