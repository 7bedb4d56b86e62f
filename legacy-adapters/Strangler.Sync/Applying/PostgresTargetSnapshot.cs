using System.Data;
using Npgsql;

namespace Strangler.Sync.Applying;

/// <summary>A snapshot held by an open transaction.</summary>
internal sealed class PostgresTargetSnapshot : ITargetSnapshot
{
    private readonly NpgsqlConnection _connection;

    private PostgresTargetSnapshot(NpgsqlConnection connection, string id)
    {
        _connection = connection;
        Id = id;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Takes one.</summary>
    public static async Task<ITargetSnapshot> TakeAsync(NpgsqlDataSource target, CancellationToken cancellation)
    {
        var connection = await target.OpenConnectionAsync(cancellation);
        try
        {
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await using var command = new NpgsqlCommand("set transaction read only; select pg_export_snapshot()", connection);
            return new PostgresTargetSnapshot(connection, (string)(await command.ExecuteScalarAsync(cancellation))!);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
