using Npgsql;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>The one connection that listens for new plans.</summary>
/// <param name="settings">Where to; without pooling.</param>
internal sealed class PlanNews(NpgsqlConnectionStringBuilder settings) : IAsyncDisposable
{
    public const string Channel = "strangler_plan";

    /// <summary>A notification that got lost must not matter: it is time to look again after this at the latest.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(settings);
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Waits for a notification. It comes back at once when it had to connect anew or the connection broke, because something may have been
    /// missed. Only one caller at a time.
    /// </summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        if (_connection is null)
        {
            _connection = await ListenAsync(cancel);
            return;
        }

        try
        {
            await _connection.WaitAsync(LookEvery, cancel);
        }
        catch (Exception error)
        {
            await DropAsync();
            if (!StoreSentence.IsFailure(error, cancel)) throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        await _source.DisposeAsync();
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        try
        {
            await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection) await connection.DisposeAsync();
    }
}
