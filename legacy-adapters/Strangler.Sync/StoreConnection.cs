using System.Globalization;
using Npgsql;

namespace Strangler.Sync;

/// <summary>Adds to a connection string what keeps a store safe from us: few connections, none of which can wait or idle for long.</summary>
internal static class StoreConnection
{
    private const string ApplicationName = "strangler-sync";
    private const int ConnectTimeoutSeconds = 5;
    private const int CommandTimeoutSeconds = 90;

    /// <summary>For reading a source.</summary>
    public static string Source(string connectionString, int connections) => Build(
        connectionString, connections, "-c statement_timeout=60s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s "
        // Some keys of a table are looked up one by one: the source's tables are never read from end to end for them.
        + "-c enable_seqscan=off");

    /// <summary>
    /// For the replication connection, which may be silent for long. When nobody reads what is sent, the server ends it: a server process that is told to
    /// give up a slot says good-bye first, and for as long as that takes every checkpoint of the source waits, and its disk fills.
    /// </summary>
    /// <param name="connectionString">The source.</param>
    /// <param name="silence">How long the adapters may take nothing.</param>
    public static string Replication(string connectionString, TimeSpan silence) => Build(
        connectionString,
        1,
        string.Create(CultureInfo.InvariantCulture, $"-c tcp_user_timeout={silence.TotalMilliseconds:0}"));

    /// <summary>For the lead over a source, and for a lane, whose sessions keep what they have set.</summary>
    public static string Lasting(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>For writing a target; what it reports as committed is on disk.</summary>
    public static string Target(string connectionString) => Build(
        connectionString,
        4,
        "-c synchronous_commit=on -c statement_timeout=60s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s");

    /// <summary>For a fence: one that is reported as raised is on disk.</summary>
    public static string Fence(string connectionString) => Build(
        connectionString, 2, "-c synchronous_commit=on -c statement_timeout=60s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s");

    /// <summary>For comparing: one connection that can only read, and gives way to whoever waits for it.</summary>
    public static string Compare(string connectionString) => Build(
        connectionString,
        1,
        "-c default_transaction_read_only=on -c statement_timeout=60s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s");

    /// <summary>For looking at a store before anything is installed.</summary>
    public static string Preview(string connectionString) => Build(
        connectionString, 1, "-c default_transaction_read_only=on -c statement_timeout=30s -c lock_timeout=2s -c client_min_messages=warning");

    /// <summary>For installing: a statement gives up soon when it would have to wait for a lock, as others would wait behind it.</summary>
    public static string Install(string connectionString) => Build(connectionString, 1, "-c lock_timeout=2s -c client_min_messages=warning");

    private static string Build(string connectionString, int connections, string options)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.ApplicationName ??= ApplicationName;
        given.MaxPoolSize = connections;
        given.Timeout = Math.Min(given.Timeout, ConnectTimeoutSeconds);
        given.CommandTimeout = CommandTimeoutSeconds;
        // A store that has gone away without a word is noticed.
        given.KeepAlive = 10;
        given.Options = $"{options} {given.Options}".Trim();
        return given.ConnectionString;
    }
}
