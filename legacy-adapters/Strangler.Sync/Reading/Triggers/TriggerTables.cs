using Npgsql;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>Reads and clears what the triggers have noted.</summary>
/// <param name="source">The source.</param>
/// <param name="polling">A connection string for the connection of its own that asks again and again.</param>
internal sealed class TriggerTables(NpgsqlDataSource source, string polling) : IAsyncDisposable
{
    /// <summary>The most notes read at a time, each with the keys of one statement or a hundred of them.</summary>
    public const int PageSize = 1000;

    /// <summary>A snapshot that shows no transaction.</summary>
    public const string NoSnapshot = "1:1:";

    private const int DeletedAtATime = 5000;

    private const string Page = """
        select m.last_value, coalesce($3::pg_snapshot, pg_current_snapshot())::text, c.xid::text, c.id, c.tbl, c.col, c.keys
        from strangler.missed m left join lateral (
            select xid, id, tbl, col, keys from strangler.change
            where (xid, id) > ($1::xid8, $2) and not pg_visible_in_snapshot(xid, $4::pg_snapshot)
              and ($3 is null or pg_visible_in_snapshot(xid, $3::pg_snapshot))
            order by xid, id limit $5) c on true
        """;

    // Deleted from where the last time ended: what has been deleted can stay in the index for long.
    private const string Forget = """
        delete from strangler.change c using (
            select xid, id from strangler.change
            where xid >= $1::xid8 and pg_visible_in_snapshot(xid, $3::pg_snapshot) and not pg_visible_in_snapshot(xid, $2::pg_snapshot)
            order by xid, id limit $4) d
        where c.xid = d.xid and c.id = d.id
        """;

    private readonly NpgsqlConnection _connection = new(polling);
    private string _forgotten = NoSnapshot;

    /// <summary>Begins a session: its number is on disk before anything is read, so numbers of polls never come twice.</summary>
    public async Task<TriggerSession> BeginAsync(CancellationToken cancellation)
    {
        const string Sql = """
            update strangler.feed set session = session + 1
            returning generation::text, session, confirmed, missed, (select last_value from strangler.missed),
                      (select system_identifier from pg_control_system())::text, (select oid from pg_database where datname = current_database())::text,
                      ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint
            """;
        await _connection.OpenAsync(cancellation);
        // The plan is the same however stale the statistics are.
        await using (var settings = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off; set synchronous_commit = on", _connection))
        {
            await settings.ExecuteNonQueryAsync(cancellation);
        }

        await using var command = new NpgsqlCommand(Sql, _connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new TriggerSession(
            new SourceIdentity($"{row.GetString(5)}/{row.GetString(6)}/{row.GetString(0)}", row.GetInt64(7)),
            row.GetInt64(1),
            new Lsn((ulong)row.GetInt64(2)),
            row.GetInt64(3),
            row.GetInt64(4));
    }

    /// <summary>The next notes of a poll.</summary>
    /// <param name="after">Where the page before ended: a transaction and a number.</param>
    /// <param name="seen">The snapshot of the poll before.</param>
    /// <param name="now">The snapshot of this poll; null for its first page, which takes it.</param>
    /// <param name="missed">What the sequence must say.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The triggers have not noted everything.</exception>
    public async Task<TriggerPage> PageAsync((string Xid, long Id) after, string seen, string? now, long missed, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Page, _connection)
        {
            Parameters =
            {
                new() { Value = after.Xid }, new() { Value = after.Id }, new() { Value = (object?)now ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = seen }, new() { Value = PageSize },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var notes = new List<TriggerNote>();
        while (await rows.ReadAsync(cancellation))
        {
            if (rows.GetInt64(0) != missed)
            {
                throw new InvalidOperationException(
                    "The triggers in the source have noted changes no longer, as strangler.change is full or they were installed anew: everything is read again.");
            }

            now = rows.GetString(1);
            if (!rows.IsDBNull(2))
            {
                notes.Add(new TriggerNote(
                    rows.GetString(2), rows.GetInt64(3), rows.GetString(4), rows.IsDBNull(5) ? null : rows.GetString(5), rows.IsDBNull(6) ? [] : rows.GetFieldValue<string[]>(6)));
            }
        }

        return new TriggerPage(now!, notes);
    }

    /// <summary>Everything up to a poll has been applied for good. In this order: what is deleted must be known to be, or a gap would not be seen.</summary>
    /// <param name="session">The session that read it.</param>
    /// <param name="end">The poll.</param>
    /// <param name="snapshot">What the poll has seen.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task ForgetAsync(long session, Lsn end, string snapshot, CancellationToken cancellation)
    {
        const string Confirm = "update strangler.feed set confirmed = greatest(confirmed, $1) where session = $2";
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (await ExecuteAsync(connection, Confirm, cancellation, (long)end.Value, session) != 1)
        {
            throw new InvalidOperationException("Another process follows this source by now: starting over behind it.");
        }

        var from = SnapshotView.Parse(_forgotten).Xmin.ToString(System.Globalization.CultureInfo.InvariantCulture);
        while (await ExecuteAsync(connection, Forget, cancellation, from, _forgotten, snapshot, DeletedAtATime) == DeletedAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        _forgotten = snapshot;
    }

    /// <summary>
    /// Empties the table and begins anew. The lock waits for every transaction that has noted something, or found the table full; it is never
    /// waited for longer than a tenth of a second, as the application's writers would wait behind it.
    /// </summary>
    /// <param name="session">The session that does it.</param>
    /// <param name="start">The position after which everything will be read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the sequence must say from now on.</returns>
    public async Task<long> EmptyAsync(long session, Lsn start, CancellationToken cancellation)
    {
        const string Sql = """
            update strangler.feed set missed = (select last_value from strangler.missed), confirmed = $1 where session = $2 returning missed
            """;
        await using var transaction = await _connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new("set local lock_timeout = '100ms'"),
                new("lock table strangler.change in access exclusive mode"),
                new("truncate strangler.change"),
                new(Sql) { Parameters = { new() { Value = (long)start.Value }, new() { Value = session } } },
            },
        };
        var missed = await batch.ExecuteScalarAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return missed as long? ?? throw new InvalidOperationException("Another process follows this source by now: starting over behind it.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        // These need not be on disk at once: a crash forgets them in their order, and then they are done once more.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("set local synchronous_commit = off"), new("set local enable_seqscan = off") } };
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (int)command.RecordsAffected;
    }
}
