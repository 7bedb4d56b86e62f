using Dapper;
using Npgsql;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Reads and writes our own tables in the target, in the transaction of whoever calls.</summary>
internal sealed class SyncTables(string stream)
{
    /// <summary>Where the stream stands.</summary>
    public async Task<StreamPosition> PositionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Stream = """
            select system_id as "SystemId", timeline as "Timeline", slot as "Slot", lsn::text as "Lsn" from sync.stream where name = @stream
            """;
        const string Fills = """
            select entity as "Entity", version as "Version", phase as "Phase", last_key as "LastKey", filled as "Filled", to_fill as "ToFill"
            from sync.fill where stream = @stream
            """;
        var at = await connection.QuerySingleOrDefaultAsync<StreamRow>(Command(Stream, new { stream }, cancellation));
        var fills = await connection.QueryAsync<FillRow>(Command(Fills, new { stream }, cancellation));
        return new StreamPosition(
            at is null ? null : new Checkpoint(new SourceIdentity(at.SystemId, at.Timeline), at.Slot, Lsn.Parse(at.Lsn)),
            [.. fills.Select(fill => new FillProgress(
                fill.Entity, fill.Version, Enum.Parse<FillPhase>(fill.Phase), fill.LastKey, fill.Filled, fill.ToFill))]);
    }

    /// <summary>Sets the stream to a new beginning: another checkpoint, and every fill still to be done.</summary>
    public Task BeginAsync(NpgsqlConnection connection, Checkpoint checkpoint, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.stream (name, system_id, timeline, slot, lsn) values (@stream, @systemId, @timeline, @slot, @lsn::pg_lsn)
            on conflict (name) do update set system_id = excluded.system_id, timeline = excluded.timeline, slot = excluded.slot,
                lsn = excluded.lsn, changed = now();
            delete from sync.fill where stream = @stream
            """;
        var values = new
        {
            stream,
            systemId = checkpoint.Source.SystemId,
            timeline = checkpoint.Source.Timeline,
            slot = checkpoint.Slot,
            lsn = checkpoint.End.ToString(),
        };
        return connection.ExecuteAsync(Command(Sql, values, cancellation));
    }

    /// <summary>Moves the checkpoint by compare-and-set; the row's lock keeps a second writer of this stream out until the commit.</summary>
    /// <exception cref="StaleCheckpointException">It is not the expected one.</exception>
    public async Task MoveAsync(NpgsqlConnection connection, Checkpoint expected, Checkpoint next, CancellationToken cancellation)
    {
        const string Sql = """
            update sync.stream set lsn = @next::pg_lsn, changed = now()
            where name = @stream and lsn = @expected::pg_lsn and slot = @slot and system_id = @systemId
            """;
        var values = new
        {
            stream,
            next = next.End.ToString(),
            expected = expected.End.ToString(),
            slot = expected.Slot,
            systemId = expected.Source.SystemId,
        };
        if (await connection.ExecuteAsync(Command(Sql, values, cancellation)) != 1)
        {
            throw new StaleCheckpointException(stream);
        }
    }

    /// <summary>The hashes of those aggregates that have been applied.</summary>
    public static async Task<Dictionary<DirtyKey, byte[]>> HashesAsync(
        NpgsqlConnection connection, IReadOnlyList<TargetAggregate> aggregates, CancellationToken cancellation)
    {
        const string Sql = "select key, hash from sync.applied where entity = @entity and key = any(@keys)";
        var hashes = new Dictionary<DirtyKey, byte[]>();
        foreach (var group in aggregates.GroupBy(aggregate => aggregate.Mapping.Entity, StringComparer.Ordinal))
        {
            var values = new { entity = group.Key, keys = group.Select(aggregate => aggregate.Key).ToArray() };
            foreach (var (key, hash) in await connection.QueryAsync<(string Key, byte[] Hash)>(Command(Sql, values, cancellation)))
            {
                hashes.Add(new DirtyKey(group.Key, key), hash);
            }
        }

        return hashes;
    }

    /// <summary>The keys of applied aggregates, in a fixed order.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(
        NpgsqlConnection connection, string entity, string? after, int limit, CancellationToken cancellation)
    {
        const string Sql = "select key from sync.applied where entity = @entity and key > @after order by key limit @limit";
        return [.. await connection.QueryAsync<string>(Command(Sql, new { entity, after = after ?? "", limit }, cancellation))];
    }

    /// <summary>Notes what has been written and what has been deleted.</summary>
    public static async Task WriteAppliedAsync(
        NpgsqlConnection connection, Lsn end, List<TargetAggregate> changed, List<TargetAggregate> gone, CancellationToken cancellation)
    {
        const string Upsert = """
            insert into sync.applied (entity, key, hash, lsn, version)
            select entity, key, hash, @lsn::pg_lsn, version from unnest(@entities, @keys, @hashes, @versions) as n (entity, key, hash, version)
            on conflict (entity, key) do update set hash = excluded.hash, lsn = excluded.lsn, version = excluded.version
            """;
        const string Delete = """
            delete from sync.applied a using unnest(@entities, @keys) as n (entity, key) where a.entity = n.entity and a.key = n.key
            """;
        if (changed.Count > 0)
        {
            var values = new
            {
                lsn = end.ToString(),
                entities = changed.Select(aggregate => aggregate.Mapping.Entity).ToArray(),
                keys = changed.Select(aggregate => aggregate.Key).ToArray(),
                hashes = changed.Select(aggregate => aggregate.Hash).ToArray(),
                versions = changed.Select(aggregate => aggregate.Mapping.Version).ToArray(),
            };
            await connection.ExecuteAsync(Command(Upsert, values, cancellation));
        }

        if (gone.Count > 0)
        {
            var values = new
            {
                entities = gone.Select(aggregate => aggregate.Mapping.Entity).ToArray(),
                keys = gone.Select(aggregate => aggregate.Key).ToArray(),
            };
            await connection.ExecuteAsync(Command(Delete, values, cancellation));
        }
    }

    /// <summary>Notes how far fills are.</summary>
    public async Task WriteFillsAsync(NpgsqlConnection connection, IReadOnlyList<FillProgress> fills, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.fill (stream, entity, version, phase, last_key, filled, to_fill)
            values (@stream, @Entity, @Version, @phase, @LastKey, @Filled, @ToFill)
            on conflict (stream, entity) do update set version = excluded.version, phase = excluded.phase, last_key = excluded.last_key,
                filled = excluded.filled, to_fill = excluded.to_fill
            """;
        foreach (var fill in fills)
        {
            var values = new { stream, fill.Entity, fill.Version, phase = $"{fill.Phase}", fill.LastKey, fill.Filled, fill.ToFill };
            await connection.ExecuteAsync(Command(Sql, values, cancellation));
        }
    }

    private static CommandDefinition Command(string text, object parameters, CancellationToken cancellation) =>
        new(text, parameters, cancellationToken: cancellation);

    private sealed record StreamRow(string SystemId, long Timeline, string Slot, string Lsn);

    private sealed record FillRow(string Entity, int Version, string Phase, string? LastKey, long Filled, long ToFill);
}
