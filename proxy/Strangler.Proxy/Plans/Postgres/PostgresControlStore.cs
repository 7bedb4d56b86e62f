using System.Runtime.CompilerServices;
using Npgsql;
using Strangler.Core.Admin;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>
/// Keeps the plans of any number of edges in the schema <c>strangler</c> of a PostgreSQL database (<see cref="ControlSchema"/>). A plan and
/// its audit line are one transaction; a new plan is pushed by NOTIFY.
/// </summary>
public sealed class PostgresControlStore : IControlStore
{
    private readonly StorePool _pool;
    private readonly PlanNews _news;

    /// <summary>Prepares the store; nothing is asked yet.</summary>
    /// <param name="connectionString">The edges' own role, with <c>Host</c>, <c>Database</c>, <c>Username</c>, <c>Password</c>.</param>
    /// <param name="edge">Name of this edge, for <c>application_name</c>.</param>
    /// <exception cref="ControlStoreException">The connection string is none.</exception>
    public PostgresControlStore(string connectionString, string edge)
    {
        _pool = new StorePool(connectionString, $"strangler edge {edge}");
        _news = new PlanNews(new NpgsqlConnectionStringBuilder(_pool.Settings.ConnectionString) { Pooling = false, KeepAlive = StorePool.Patience });
    }

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public Task<long> NewestAsync(CancellationToken cancel) => _pool.AskAsync(async (connection, _) =>
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM strangler.plan", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }, cancel);

    /// <inheritdoc/>
    public Task<string?> ReadAsync(long plan, CancellationToken cancel) => _pool.AskAsync(async (connection, _) =>
    {
        await using var command = new NpgsqlCommand("SELECT document FROM strangler.plan WHERE number = $1", connection) { Parameters = { new() { Value = plan } } };
        return (string?)await command.ExecuteScalarAsync(cancel);
    }, cancel);

    /// <inheritdoc/>
    public Task<bool> TryAppendAsync(long plan, string document, AuditEntry entry, CancellationToken cancel) =>
        _pool.AskAsync((connection, again) => Appending.TryAsync(connection, plan, document, entry, again, cancel), cancel);

    /// <inheritdoc/>
    public async Task WaitForNewsAsync(CancellationToken cancel)
    {
        try
        {
            await _news.WaitAsync(cancel);
        }
        catch (Exception error) when (StoreSentence.IsFailure(error, cancel))
        {
            throw StoreSentence.Of(error, _pool.Settings);
        }
    }

    /// <inheritdoc/>
    public Task ReportAsync(EdgeReport report, CancellationToken cancel) => _pool.AskAsync(async (connection, _) =>
    {
        await EdgeRows.SayAsync(connection, report, cancel);
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EdgeReport>> ReadEdgesAsync(CancellationToken cancel) => _pool.AskAsync((connection, _) => EdgeRows.ReadAsync(connection, cancel), cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ReadAuditAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, more) = (0L, true); more;)
        {
            var page = await _pool.AskAsync((connection, _) => AuditPages.ReadAsync(connection, after, cancel), cancel);
            foreach (var (seq, line) in page)
            {
                after = seq;
                yield return line;
            }

            more = page.Count == AuditPages.Length;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _news.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
