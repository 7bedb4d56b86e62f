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
    // Longest wait, in seconds, for a connection and for an answer: a store that is slower than this is away.
    private const int Patience = 2;
    private const int CancelPatienceMs = 500;
    private const int MaxConnections = 4;
    private const int LongestName = 63;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _pool;
    private readonly PlanNews _news;

    /// <summary>Prepares the store; nothing is asked yet.</summary>
    /// <param name="connectionString">The edges' own role, with <c>Host</c>, <c>Database</c>, <c>Username</c>, <c>Password</c>.</param>
    /// <param name="edge">Name of this edge, for <c>application_name</c>.</param>
    /// <exception cref="ControlStoreException">The connection string is none.</exception>
    public PostgresControlStore(string connectionString, string edge)
    {
        var name = $"strangler edge {edge}";
        _settings = Parse(connectionString);
        _settings.ApplicationName = name[..Math.Min(name.Length, LongestName)];
        _settings.Timeout = Patience;
        _settings.CommandTimeout = Patience;
        _settings.CancellationTimeout = CancelPatienceMs;
        _settings.MaxPoolSize = MaxConnections;
        _pool = NpgsqlDataSource.Create(_settings);
        _news = new PlanNews(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false, KeepAlive = Patience });
    }

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public Task<long> NewestAsync(CancellationToken cancel) => AskAsync(async (connection, _) =>
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(number), 0) FROM strangler.plan", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }, cancel);

    /// <inheritdoc/>
    public Task<string?> ReadAsync(long plan, CancellationToken cancel) => AskAsync(async (connection, _) =>
    {
        await using var command = new NpgsqlCommand("SELECT document FROM strangler.plan WHERE number = $1", connection) { Parameters = { new() { Value = plan } } };
        return (string?)await command.ExecuteScalarAsync(cancel);
    }, cancel);

    /// <inheritdoc/>
    public Task<bool> TryAppendAsync(long plan, string document, AuditEntry entry, CancellationToken cancel) =>
        AskAsync((connection, again) => Appending.TryAsync(connection, plan, document, entry, again, cancel), cancel);

    /// <inheritdoc/>
    public async Task WaitForNewsAsync(CancellationToken cancel)
    {
        try
        {
            await _news.WaitAsync(cancel);
        }
        catch (Exception error) when (StoreSentence.IsFailure(error, cancel))
        {
            throw StoreSentence.Of(error, _settings);
        }
    }

    /// <inheritdoc/>
    public Task ReportAsync(EdgeReport report, CancellationToken cancel) => AskAsync(async (connection, _) =>
    {
        await EdgeRows.SayAsync(connection, report, cancel);
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EdgeReport>> ReadEdgesAsync(CancellationToken cancel) => AskAsync((connection, _) => EdgeRows.ReadAsync(connection, cancel), cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ReadAuditAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, more) = (0L, true); more;)
        {
            var page = await AskAsync((connection, _) => AuditPages.ReadAsync(connection, after, cancel), cancel);
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

    // A connection of the pool may have died with a server that is back since: the first failure that says so is worth another try.
    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, bool, Task<T>> work, CancellationToken cancel)
    {
        for (var again = false; ; again = true)
        {
            try
            {
                await using var connection = await _pool.OpenConnectionAsync(cancel);
                return await work(connection, again);
            }
            catch (Exception error) when (StoreSentence.IsFailure(error, cancel))
            {
                if (again || error is not NpgsqlException { IsTransient: true, InnerException: not TimeoutException }) throw StoreSentence.Of(error, _settings);
                _pool.Clear();
            }
        }
    }

    // Never with the parser's own words: they may quote the password.
    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new ControlStoreException("the control store's connection string cannot be read; it looks like Host=...;Database=...;Username=...;Password=...", error);
        }
    }
}
