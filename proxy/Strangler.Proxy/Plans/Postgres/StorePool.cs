using Npgsql;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>A few connections to the database of the control store: short patience, one more try when the server was away in between.</summary>
internal sealed class StorePool : IAsyncDisposable
{
    /// <summary>Longest wait, in seconds, for a connection and for an answer: a store that is slower than this is away.</summary>
    public const int Patience = 2;

    private const int CancelPatienceMs = 500;
    private const int MaxConnections = 4;
    private const int LongestName = 63;

    private readonly NpgsqlDataSource _pool;

    /// <summary>Prepares the pool; nothing is asked yet.</summary>
    /// <param name="connectionString">The edges' own role, with <c>Host</c>, <c>Database</c>, <c>Username</c>, <c>Password</c>.</param>
    /// <param name="name">For <c>application_name</c>.</param>
    /// <exception cref="ControlStoreException">The connection string is none.</exception>
    public StorePool(string connectionString, string name)
    {
        Settings = Parse(connectionString);
        Settings.ApplicationName = name[..Math.Min(name.Length, LongestName)];
        Settings.Timeout = Patience;
        Settings.CommandTimeout = Patience;
        Settings.CancellationTimeout = CancelPatienceMs;
        Settings.MaxPoolSize = MaxConnections;
        _pool = NpgsqlDataSource.Create(Settings);
    }

    /// <summary>Where to and how.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>
    /// Does work over one connection. A connection of the pool may have died with a server that is back since: the first failure that says
    /// so is worth another try, and the work is told that it is one.
    /// </summary>
    /// <exception cref="ControlStoreException">The store is away or refuses.</exception>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, bool, Task<T>> work, CancellationToken cancel)
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
                if (again || error is not NpgsqlException { IsTransient: true, InnerException: not TimeoutException }) throw StoreSentence.Of(error, Settings);
                _pool.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

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
