using Npgsql;

namespace Strangler.Sync.Reconciling;

/// <summary>Opens a connection for one piece of work.</summary>
internal static class DataSourceExtensions
{
    /// <summary>Works on a connection of its own.</summary>
    public static async Task<T> ReadAsync<T>(this NpgsqlDataSource store, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    /// <summary>Works in one transaction.</summary>
    public static async Task InTransactionAsync(this NpgsqlDataSource store, Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await work(connection);
        await transaction.CommitAsync(cancellation);
    }
}
