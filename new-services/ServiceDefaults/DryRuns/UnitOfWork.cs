using Microsoft.Extensions.Options;
using Npgsql;

namespace ServiceDefaults.DryRuns;

/// <summary>
/// All that one request changes: one transaction, and the events that are sent once it is committed. In a dry run it is rolled back in the end, and no event
/// is sent. What cannot be rolled back is what PostgreSQL itself does not: values that a sequence has given out are gone.
/// </summary>
/// <param name="database">The service's database.</param>
/// <param name="options">The bounds of dry runs.</param>
public sealed class UnitOfWork(NpgsqlDataSource database, IOptions<DryRunOptions> options) : IAsyncDisposable
{
    private readonly List<Func<CancellationToken, Task>> _events = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <summary>True when nothing of it stays.</summary>
    public bool IsDryRun { get; internal set; }

    /// <summary>The connection, with the transaction begun on it. Change nothing on any other.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellation)
    {
        if (_connection is not null) return _connection;
        _connection = await database.OpenConnectionAsync(cancellation);
        _transaction = await _connection.BeginTransactionAsync(cancellation);
        if (!IsDryRun) return _connection;
        await ExecuteAsync(
            $"set local statement_timeout = {options.Value.StatementMilliseconds}; set local lock_timeout = {options.Value.StatementMilliseconds}; set local idle_in_transaction_session_timeout = {10 * options.Value.StatementMilliseconds}",
            cancellation);
        return _connection;
    }

    /// <summary>Adds an event: it is sent after the commit, and in a dry run never.</summary>
    /// <param name="send">Sends it.</param>
    public void Send(Func<CancellationToken, Task> send) => _events.Add(send);

    /// <summary>Makes it last and sends the events. In a dry run it checks what a commit would check, and rolls back.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (IsDryRun)
        {
            if (_connection is not null) await ExecuteAsync("set constraints all immediate", cancellation);
            await DisposeAsync();
            return;
        }

        if (_transaction is not null) await _transaction.CommitAsync(cancellation);
        foreach (var send in _events) await send(cancellation);
        _events.Clear();
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Clear();
        if (_transaction is not null) await _transaction.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, _connection, _transaction);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
