using Npgsql;

namespace Strangler.Sync.Streams;

/// <summary>
/// Leadership by an advisory lock in the source: the session that holds it shares the fate of the slot. Losing it is noticed late at worst,
/// which is harmless: the slot serves one reader, and each target takes writes of the newest epoch only.
/// </summary>
internal sealed class PostgresLeadership(string connectionString, string slot, TimeProvider clock) : ILeadership
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<ILead> AcquireAsync(Action waiting, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            // Asked again and again, as a waiting statement would be a long one in the source.
            while (!await TryAsync(connection, cancellation))
            {
                waiting();
                await Task.Delay(AskEvery, clock, cancellation);
            }

            return new Lead(connection, clock);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> TryAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended('strangler ' || $1, 0))", connection)
        {
            Parameters = { new() { Value = slot } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private sealed class Lead(NpgsqlConnection connection, TimeProvider clock) : ILead
    {
        public async Task WatchAsync(CancellationToken cancellation)
        {
            while (true)
            {
                await Task.Delay(AskEvery, clock, cancellation);
                await using var command = new NpgsqlCommand("select 1", connection);
                await command.ExecuteScalarAsync(cancellation);
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
