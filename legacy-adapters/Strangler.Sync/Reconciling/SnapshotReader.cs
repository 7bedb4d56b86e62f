using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>Reads a store: in a new, short snapshot each time, or all in one that is held until this is disposed of.</summary>
internal sealed class SnapshotReader : IAsyncDisposable
{
    private const string Begin = "begin transaction isolation level repeatable read read only";

    // While one side is read the other one idles; this is longer than any statement may take.
    private const string MayIdle = "set local idle_in_transaction_session_timeout = '5min'";

    private readonly NpgsqlDataSource _store;
    private readonly NpgsqlConnection? _held;

    /// <summary>Reads in short snapshots.</summary>
    /// <param name="store">The store, opened with <see cref="StoreConnection.Compare"/>.</param>
    public SnapshotReader(NpgsqlDataSource store)
        : this(store, held: null)
    {
    }

    private SnapshotReader(NpgsqlDataSource store, NpgsqlConnection? held)
    {
        _store = store;
        _held = held;
    }

    /// <summary>Takes over a snapshot that another session has exported; that session is not needed any more then.</summary>
    /// <param name="store">The store, opened with <see cref="StoreConnection.Compare"/>.</param>
    /// <param name="snapshot">The snapshot's name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<SnapshotReader> HoldAsync(NpgsqlDataSource store, string snapshot, CancellationToken cancellation)
    {
        var connection = await store.OpenConnectionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, Begin, cancellation);
            await ExecuteAsync(connection, $"set transaction snapshot {TableName.Literal(snapshot)}", cancellation);
            await ExecuteAsync(connection, MayIdle, cancellation);
            return new SnapshotReader(store, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads in one snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        if (_held is not null)
        {
            return await read(_held);
        }

        await using var connection = await _store.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, Begin, cancellation);
        try
        {
            return await read(connection);
        }
        finally
        {
            // What was read is read; a broken connection has no transaction left to end.
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync(connection, "commit", CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            // Back in its pool, the connection is reset, which ends the transaction.
            await _held.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
