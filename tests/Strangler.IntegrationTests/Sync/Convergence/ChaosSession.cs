using Npgsql;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>A writer's session in the source, opened again when the source has ended it.</summary>
internal sealed class ChaosSession(string connectionString) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>The open session.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
        {
            return _connection;
        }

        await DisposeAsync();
        _connection = new NpgsqlConnection(connectionString);
        await _connection.OpenAsync();
        return _connection;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
