using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>The bookkeeping in schema <c>sync</c> of a PostgreSQL target.</summary>
internal sealed class PostgresLedger(NpgsqlDataSource target, string stream) : ITargetLedger
{
    private const int MostCounted = 100_000;

    /// <inheritdoc/>
    public async Task<StreamPosition?> PositionAsync(CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return await ReadAsync(connection, cancellation);
    }

    /// <inheritdoc/>
    public Task BeginAsync(SourceIdentity source, string slot, Lsn at, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.stream (name, system_id, timeline, slot, low, epoch) values (@stream, @systemId, @timeline, @slot, @at::pg_lsn, 1)
            on conflict (name) do update set system_id = excluded.system_id, timeline = excluded.timeline, slot = excluded.slot,
                low = excluded.low, reread_until = '0/0', epoch = sync.stream.epoch + 1, changed = now();
            delete from sync.lane where stream = @stream;
            delete from sync.fill where stream = @stream;
            delete from sync.dirty where stream = @stream;
            delete from sync.dead_letter where stream = @stream
            """;
        return ExecuteAsync(Sql, new { stream, systemId = source.SystemId, timeline = source.Timeline, slot, at = at.ToString() }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<StreamPosition> TakeOverAsync(int lanes, CancellationToken cancellation)
    {
        // With another number of lanes a key may come to a lane that is behind the one it was in: its rows in the log may be old news.
        const string Sql = """
            update sync.stream s set epoch = epoch + 1, changed = now(), reread_until = case
                when (select count(*) from sync.lane l where l.stream = s.name) = @lanes then reread_until
                else greatest(reread_until, low, (select max(lsn) from sync.lane l where l.stream = s.name)) end
            where name = @stream;
            delete from sync.lane where stream = @stream and (select count(*) from sync.lane where stream = @stream) <> @lanes;
            insert into sync.lane (stream, lane, lsn, epoch)
            select s.name, n, s.low, s.epoch from sync.stream s, generate_series(0, @lanes - 1) n where s.name = @stream
            on conflict (stream, lane) do update set lsn = greatest(sync.lane.lsn, excluded.lsn), epoch = excluded.epoch
            """;
        await ExecuteAsync(Sql, new { stream, lanes }, cancellation);
        return await PositionAsync(cancellation) ?? throw new StalePositionException(stream);
    }

    /// <inheritdoc/>
    public async Task RaiseAsync(long epoch, Lsn low, CancellationToken cancellation)
    {
        const string Sql = "update sync.stream set low = @low::pg_lsn, changed = now() where name = @stream and epoch = @epoch and low <= @low::pg_lsn";
        if (await ExecuteAsync(Sql, new { stream, epoch, low = low.ToString() }, cancellation) != 1)
        {
            throw new StalePositionException(stream);
        }
    }

    /// <inheritdoc/>
    public Task NoteAsync(IReadOnlyCollection<DirtyKey> keys, Lsn low, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.dirty (stream, entity, key, reason)
            select @stream, entity, key, 'journal' from unnest(@entities, @keys) as n (entity, key)
            on conflict (stream, entity, key) do update set stamp = default, not_before = least(sync.dirty.not_before, now());
            update sync.lane set lsn = greatest(lsn, @low::pg_lsn) where stream = @stream;
            update sync.stream set low = greatest(low, @low::pg_lsn), reread_until = greatest(reread_until, @low::pg_lsn), epoch = epoch + 1
            where name = @stream
            """;
        var values = new
        {
            stream,
            entities = keys.Select(key => key.Entity).ToArray(),
            keys = keys.Select(key => key.Key).ToArray(),
            low = low.ToString(),
        };
        return ExecuteAsync(Sql, values, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<DirtyKey, long>> DueAsync(int limit, CancellationToken cancellation)
    {
        // Those that another aggregate may put right are due together: each may be what another one waits for.
        const string Sql = """
            select entity, key, stamp from sync.dirty where stream = @stream and not_before <= now()
            union
            select d.entity, d.key, d.stamp from sync.dirty d left join sync.dead_letter l using (stream, entity, key)
            where stream = @stream and reason = 'retry' and (l.error is null or l.error = any(@mayPass))
                and exists (select from sync.dirty where stream = @stream and reason = 'retry' and not_before <= now())
            limit @limit
            """;
        await using var connection = await target.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Entity, string Key, long Stamp)>(Command(Sql, new { stream, limit, mayPass = FailedAggregate.MayPassErrors }, cancellation));
        return rows.ToDictionary(row => new DirtyKey(row.Entity, row.Key), row => row.Stamp);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string entity, CancellationToken cancellation) => ExecuteAsync(
        "update sync.dirty set not_before = now() where stream = @stream and entity = @entity and reason = 'paused'", new { stream, entity }, cancellation);

    /// <inheritdoc/>
    public async Task<Backlog> BacklogAsync(CancellationToken cancellation)
    {
        const string Sql = """
            select count(*) as waiting, count(*) filter (where reason in ('journal', 'resync', 'paused')) as blocking,
                   (select count(*) from sync.dead_letter where stream = @stream) as deadLetters
            from (select reason from sync.dirty where stream = @stream limit @MostCounted) d
            """;
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<Backlog>(Command(Sql, new { stream, MostCounted }, cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<DirtyKey>> FailingAsync(CancellationToken cancellation)
    {
        const string Sql = "select entity, key from sync.dirty where stream = @stream and reason = 'retry' limit @MostCounted";
        await using var connection = await target.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Entity, string Key)>(Command(Sql, new { stream, MostCounted }, cancellation));
        return [.. rows.Select(row => new DirtyKey(row.Entity, row.Key))];
    }

    /// <inheritdoc/>
    public Task WriteFillAsync(FillProgress fill, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.fill (stream, entity, version, phase, last_key, filled, to_fill)
            values (@stream, @Entity, @Version, @phase, @LastKey, @Filled, @ToFill)
            on conflict (stream, entity) do update set version = excluded.version, phase = excluded.phase, last_key = excluded.last_key,
                filled = excluded.filled, to_fill = excluded.to_fill
            """;
        var values = new { stream, fill.Entity, fill.Version, phase = $"{fill.Phase}", fill.LastKey, fill.Filled, fill.ToFill };
        return ExecuteAsync(Sql, values, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        if (!mapping.TakesImages)
        {
            // A key may be the empty text, which is behind no other.
            var applied = $"select key from sync.applied where entity = @entity{(after is null ? "" : " and key > @after")} order by key limit @limit";
            return [.. await connection.QueryAsync<string>(Command(applied, new { entity = mapping.Entity, after, limit }, cancellation))];
        }

        var table = mapping.Targets[0];
        var column = TableName.Quote(table.AggregateColumn!.Name);
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        if (after is not null)
        {
            parameters.Add("after", AggregateKey.Parse(after, mapping.KeyType));
        }

        var sql = $"select {column} from {table.Name.Sql}{(after is null ? "" : $" where {column} > @after")} order by {column} limit @limit";
        return [.. (await connection.QueryAsync(mapping.KeyType, Command(sql, parameters, cancellation))).Select(AggregateKey.Format)];
    }

    /// <inheritdoc/>
    public async Task<ITargetSnapshot> SnapshotAsync(CancellationToken cancellation) => await PostgresTargetSnapshot.TakeAsync(target, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> FingerprintAsync(AggregateMapping mapping, CancellationToken cancellation)
    {
        const string Sql = "select columns from sync.fingerprint where stream = @stream and entity = @entity and version = @version";
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string[]>(
            Command(Sql, new { stream, entity = mapping.Entity, version = mapping.Version }, cancellation));
    }

    /// <inheritdoc/>
    public Task SetFingerprintAsync(AggregateMapping mapping, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        const string Sql = """
            insert into sync.fingerprint (stream, entity, version, columns) values (@stream, @entity, @version, @columns)
            on conflict (stream, entity) do update set version = excluded.version, columns = excluded.columns
            """;
        return ExecuteAsync(Sql, new { stream, entity = mapping.Entity, version = mapping.Version, columns = columns.ToArray() }, cancellation);
    }

    private static async Task<T[]> RowsAsync<T>(NpgsqlConnection connection, string sql, object values, CancellationToken cancellation) =>
        [.. await connection.QueryAsync<T>(Command(sql, values, cancellation))];

    private async Task<StreamPosition?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Stream = """
            select system_id as "SystemId", timeline as "Timeline", slot as "Slot", low::text as "Low", reread_until::text as "RereadUntil",
                   epoch as "Epoch"
            from sync.stream where name = @stream
            """;
        const string Fills = """
            select entity as "Entity", version as "Version", phase as "Phase", last_key as "LastKey", filled as "Filled", to_fill as "ToFill"
            from sync.fill where stream = @stream
            """;
        var at = await connection.QuerySingleOrDefaultAsync<StreamRow>(Command(Stream, new { stream }, cancellation));
        if (at is null)
        {
            return null;
        }

        var lanes = await RowsAsync<string>(connection, "select lsn::text from sync.lane where stream = @stream order by lane", new { stream }, cancellation);
        var fills = await RowsAsync<FillRow>(connection, Fills, new { stream }, cancellation);
        return new StreamPosition(
            new SourceIdentity(at.SystemId, at.Timeline),
            at.Slot,
            Lsn.Parse(at.Low),
            [.. lanes.Select(Lsn.Parse)],
            Lsn.Parse(at.RereadUntil),
            at.Epoch,
            [.. fills.Select(fill => new FillProgress(
                fill.Entity, fill.Version, Enum.Parse<FillPhase>(fill.Phase), fill.LastKey, fill.Filled, fill.ToFill))]);
    }

    private async Task<int> ExecuteAsync(string sql, object values, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var rows = await connection.ExecuteAsync(Command(sql, values, cancellation));
        await transaction.CommitAsync(cancellation);
        return rows;
    }

    private static CommandDefinition Command(string text, object parameters, CancellationToken cancellation) =>
        new(text, parameters, cancellationToken: cancellation);

    private sealed record StreamRow(string SystemId, long Timeline, string Slot, string Low, string RereadUntil, long Epoch);

    private sealed record FillRow(string Entity, int Version, string Phase, string? LastKey, long Filled, long ToFill);
}
