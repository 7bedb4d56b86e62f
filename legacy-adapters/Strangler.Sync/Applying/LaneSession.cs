using Npgsql;

namespace Strangler.Sync.Applying;

/// <summary>
/// One lane's connection to its target. Its transactions carry a replication origin of its own where that is granted, so that a stream back
/// can tell our writes from the service's; an origin is active in one session only, so the connection is not pooled.
/// </summary>
internal sealed class LaneSession : IAsyncDisposable
{
    private const int MostAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private LaneSession(NpgsqlConnection connection, bool hasOrigin, bool tellsKeys)
    {
        Connection = connection;
        HasOrigin = hasOrigin;
        TellsKeys = tellsKeys;
    }

    /// <summary>The connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Whether its transactions carry an origin.</summary>
    public bool HasOrigin { get; }

    /// <summary>Whether its transactions say in the log which aggregates they wrote; only a target with logical decoding can use that.</summary>
    public bool TellsKeys { get; }

    /// <summary>The name of a lane's origin; unique in the whole cluster.</summary>
    public static string OriginOf(string database, string stream, int lane) => $"strangler/{database}/{stream}/{lane}";

    /// <summary>Opens one.</summary>
    public static async Task<LaneSession> OpenAsync(string connectionString, string stream, int lane, TimeProvider clock, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var settings = new NpgsqlCommand("select current_setting('wal_level') = 'logical'", connection);
            var logical = (bool)(await settings.ExecuteScalarAsync(cancellation))!;
            return new LaneSession(connection, await SetOriginAsync(connection, OriginOf(connection.Database, stream, lane), clock, cancellation), logical);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static async Task<bool> SetOriginAsync(NpgsqlConnection connection, string origin, TimeProvider clock, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand("select pg_replication_origin_session_setup($1)", connection) { Parameters = { new() { Value = origin } } };
                await command.ExecuteNonQueryAsync(cancellation);
                return true;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedObject)
            {
                // Not granted, or not made: the message in the log is the tag then.
                return false;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse && attempt < MostAttempts)
            {
                // The server has not yet noticed that the session before us is closed.
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }
}
