using Npgsql;

namespace Strangler.Sync.Reconciling;

/// <summary>Reads a store in short snapshots, or in a given one.</summary>
/// <param name="store">The store, opened with <see cref="StoreConnection.Compare"/>.</param>
/// <param name="snapshot">An exported snapshot; null to take a new one each time.</param>
internal sealed class SnapshotReader(NpgsqlDataSource store, string? snapshot = null)
{
    /// <summary>Reads in one snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, "begin transaction isolation level repeatable read read only", cancellation);
        try
        {
            if (snapshot is not null)
            {
                await ExecuteAsync(connection, $"set transaction snapshot '{snapshot.Replace("'", "''", StringComparison.Ordinal)}'", cancellation);
            }

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

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
