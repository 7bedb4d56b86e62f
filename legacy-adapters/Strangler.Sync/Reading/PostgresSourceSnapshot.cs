using System.Data;
using Npgsql;

namespace Strangler.Sync.Reading;

/// <summary>A snapshot held by an open transaction.</summary>
internal sealed class PostgresSourceSnapshot : ISourceSnapshot
{
    private readonly NpgsqlConnection _connection;
    private readonly AggregateSelect _select;
    private readonly SemaphoreSlim _turn = new(1);

    private PostgresSourceSnapshot(NpgsqlConnection connection, AggregateSelect select, SnapshotView view, Lsn seen, string id)
    {
        _connection = connection;
        _select = select;
        View = view;
        Seen = seen;
        Id = id;
    }

    /// <inheritdoc/>
    public SnapshotView View { get; }

    /// <inheritdoc/>
    public Lsn Seen { get; }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Takes one.</summary>
    public static async Task<ISourceSnapshot> TakeAsync(NpgsqlDataSource source, AggregateSelect select, CancellationToken cancellation)
    {
        const string Sql = "select pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text, pg_export_snapshot()";
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await using var command = new NpgsqlCommand("set transaction read only; " + Sql, connection);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            return new PostgresSourceSnapshot(
                connection, select, SnapshotView.Parse(row.GetString(0)), Lsn.Parse(row.GetString(1)), row.GetString(2));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceAggregate>> ReadAsync(IReadOnlyCollection<DirtyKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            await using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select 1"));
            var selection = _select.AddTo(batch, keys);
            await using var rows = await batch.ExecuteReaderAsync(cancellation);
            return await selection.ReadAsync(rows, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _turn.Dispose();
    }
}
