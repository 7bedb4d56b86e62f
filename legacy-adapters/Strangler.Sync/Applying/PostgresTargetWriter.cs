using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Writes a target in PostgreSQL: data, bookkeeping and checkpoint in one transaction, set by set.</summary>
internal sealed class PostgresTargetWriter(NpgsqlDataSource target, string stream, IReadOnlyList<AggregateMapping> mappings) : ITargetWriter
{
    private readonly Dictionary<TargetTable, TableSql> sql =
        mappings.SelectMany(mapping => mapping.Targets).ToDictionary(table => table, table => new TableSql(table));

    /// <inheritdoc/>
    public async Task<StreamPosition> PositionAsync(CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        var checkpoint = await connection.QuerySingleOrDefaultAsync<(string SystemId, long Timeline, string Slot, string Lsn)?>(
            Command("select system_id, timeline, slot, lsn::text from sync.stream where name = @stream", new { stream }, cancellation));
        var fills = await connection.QueryAsync<FillRow>(
            Command("select entity, version, phase, last_key, filled, to_fill from sync.fill where stream = @stream", new { stream }, cancellation));
        return new StreamPosition(
            checkpoint is { } at ? new Checkpoint(new SourceIdentity(at.SystemId, at.Timeline), at.Slot, Lsn.Parse(at.Lsn)) : null,
            [.. fills.Select(row => row.ToProgress())]);
    }

    /// <inheritdoc/>
    public async Task BeginAsync(Checkpoint checkpoint, IReadOnlyList<FillProgress> fills, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.stream (name, system_id, timeline, slot, lsn) values (@stream, @systemId, @timeline, @slot, @lsn::pg_lsn)
            on conflict (name) do update set system_id = excluded.system_id, timeline = excluded.timeline, slot = excluded.slot,
                lsn = excluded.lsn, changed = now()
            """;
        await using var connection = await target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var values = new
        {
            stream,
            systemId = checkpoint.Source.SystemId,
            timeline = checkpoint.Source.Timeline,
            slot = checkpoint.Slot,
            lsn = checkpoint.End.ToString(),
        };
        await connection.ExecuteAsync(Command(Sql, values, cancellation));
        await WriteFillsAsync(connection, fills, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(TargetWrite write, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(write, replace: false, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Two aggregates of this write may have exchanged a unique value.
            return await WriteAsync(write, replace: true, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysAsync(
        AggregateMapping mapping, string? after, int limit, CancellationToken cancellation)
    {
        const string Sql = "select key from sync.applied where entity = @entity and key > @after order by key limit @limit";
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return [.. await connection.QueryAsync<string>(Command(Sql, new { entity = mapping.Entity, after = after ?? "", limit }, cancellation))];
    }

    private async Task<WriteOutcome> WriteAsync(TargetWrite write, bool replace, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await MoveCheckpointAsync(connection, write, cancellation);
        var changed = new List<TargetAggregate>();
        var gone = new List<TargetAggregate>();
        var written = 0;
        foreach (var (aggregate, applied) in await WithAppliedAsync(connection, write.Aggregates, cancellation))
        {
            if (aggregate.State is null)
            {
                gone.Add(aggregate);
                written += applied is null ? 0 : 1;
            }
            else if (applied is null || !applied.AsSpan().SequenceEqual(aggregate.Hash))
            {
                changed.Add(aggregate);
                written++;
            }
        }

        await WriteAggregatesAsync(connection, changed, gone, replace, cancellation);
        await WriteAppliedAsync(connection, write.Next.End, changed, gone, cancellation);
        await WriteFillsAsync(connection, write.Fills, cancellation);
        await transaction.CommitAsync(cancellation);
        return new WriteOutcome(written, write.Aggregates.Count - written);
    }

    /// <summary>Compare-and-set, and the lock that keeps a second writer of this stream out until the commit.</summary>
    private async Task MoveCheckpointAsync(NpgsqlConnection connection, TargetWrite write, CancellationToken cancellation)
    {
        const string Sql = """
            update sync.stream set lsn = @next::pg_lsn, changed = now()
            where name = @stream and lsn = @expected::pg_lsn and slot = @slot and system_id = @systemId
            """;
        var values = new
        {
            stream,
            next = write.Next.End.ToString(),
            expected = write.Expected.End.ToString(),
            slot = write.Expected.Slot,
            systemId = write.Expected.Source.SystemId,
        };
        if (await connection.ExecuteAsync(Command(Sql, values, cancellation)) != 1)
        {
            throw new StaleCheckpointException(stream);
        }
    }

    private static async Task<List<(TargetAggregate Aggregate, byte[]? Applied)>> WithAppliedAsync(
        NpgsqlConnection connection, IReadOnlyList<TargetAggregate> aggregates, CancellationToken cancellation)
    {
        const string Sql = "select key, hash from sync.applied where entity = @entity and key = any(@keys)";
        var result = new List<(TargetAggregate, byte[]?)>(aggregates.Count);
        foreach (var group in aggregates.GroupBy(aggregate => aggregate.Mapping))
        {
            var values = new { entity = group.Key.Entity, keys = group.Select(aggregate => aggregate.Key).ToArray() };
            var rows = await connection.QueryAsync<(string Key, byte[] Hash)>(Command(Sql, values, cancellation));
            var hashes = rows.ToDictionary(row => row.Key, row => row.Hash, StringComparer.Ordinal);
            result.AddRange(group.Select(aggregate => (aggregate, hashes.GetValueOrDefault(aggregate.Key))));
        }

        return result;
    }

    private async Task WriteAggregatesAsync(
        NpgsqlConnection connection,
        List<TargetAggregate> changed,
        List<TargetAggregate> gone,
        bool replace,
        CancellationToken cancellation)
    {
        var parts = mappings
            .Select(mapping => new AggregateBatch(mapping, changed.FindAll(a => a.Mapping == mapping), gone.FindAll(a => a.Mapping == mapping), sql))
            .ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var part in Enumerable.Reverse(parts))
        {
            part.AddDeletes(batch, replace);
        }

        parts.ForEach(part => part.AddWrites(batch));
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task WriteAppliedAsync(
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

    private async Task WriteFillsAsync(NpgsqlConnection connection, IReadOnlyList<FillProgress> fills, CancellationToken cancellation)
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

    private sealed record FillRow(string Entity, int Version, string Phase, string? Last_Key, long Filled, long To_Fill)
    {
        public FillProgress ToProgress() => new(Entity, Version, Enum.Parse<FillPhase>(Phase), Last_Key, Filled, To_Fill);
    }
}
