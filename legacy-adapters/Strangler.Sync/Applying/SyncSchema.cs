namespace Strangler.Sync.Applying;

/// <summary>Our own tables in the target: schema <c>sync</c>.</summary>
internal static class SyncSchema
{
    /// <summary>The schema's name.</summary>
    public const string Name = "sync";

    /// <summary>The tables in it.</summary>
    public static readonly IReadOnlyList<string> Tables = ["stream", "fill", "applied"];

    /// <summary>Makes what is missing; each statement can be run again.</summary>
    public static readonly IReadOnlyList<string> Statements =
    [
        "create schema if not exists sync",
        """
        create table if not exists sync.stream (
            name text primary key, system_id text not null, timeline bigint not null, slot text not null,
            lsn pg_lsn not null, changed timestamptz not null default now())
        """,
        """
        create table if not exists sync.fill (
            stream text not null, entity text not null, version integer not null, phase text not null,
            last_key text, filled bigint not null, to_fill bigint not null, primary key (stream, entity))
        """,
        """
        create table if not exists sync.applied (
            entity text not null, key text collate "C" not null, hash bytea not null, lsn pg_lsn not null,
            version integer not null, primary key (entity, key))
        """,
    ];
}
