using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Strangler.Demo.Processes;

namespace Strangler.Demo.Clusters;

/// <summary>
/// A PostgreSQL cluster of our own, on 127.0.0.1 only: never a system cluster. The superuser is <c>postgres</c> with a random
/// password. Times are limited: a start that takes longer than a minute is a failure.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    /// <summary>The superuser's name.</summary>
    public const string Superuser = "postgres";

    private const int LongestSocketPath = 100;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(40);

    private readonly ClusterOptions _options;
    private readonly PostgresPrograms _programs = PostgresPrograms.Find();
    private readonly ConcurrentDictionary<string, string> _passwords = new(StringComparer.Ordinal);
    private ChildProcess? _postmaster;

    private PrivateCluster(ClusterOptions options)
    {
        _options = options;
        Port = options.Port == 0 ? FreePort.Next() : options.Port;
        _passwords[Superuser] = NewPassword();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The server's own log.</summary>
    public string LogFile => PostgresPrograms.LogFile(_options.Folder);

    /// <summary>The running server, null when it is stopped.</summary>
    public ChildProcess? Postmaster => _postmaster is { HasExited: false } running ? running : null;

    /// <summary>A random password of 128 bits, safe in SQL and in connection strings.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Makes a cluster (initdb) without starting it.</summary>
    /// <exception cref="ChildFailedException">initdb failed; the message quotes it.</exception>
    public static async Task<PrivateCluster> CreateAsync(ClusterOptions options, CancellationToken cancellation = default)
    {
        var cluster = new PrivateCluster(options);
        await cluster._programs.InitializeAsync(options.Folder, Superuser, cluster._passwords[Superuser], cancellation);
        return cluster;
    }

    /// <summary>
    /// Makes and starts a cluster in a new folder under /tmp, deleted on dispose; also clears away those of test runs that died.
    /// </summary>
    public static async Task<PrivateCluster> CreateTemporaryAsync(
        IReadOnlyDictionary<string, string>? settings = null, bool durable = true, CancellationToken cancellation = default)
    {
        await TemporaryFolder.SweepAsync();
        var temporary = new ClusterOptions { Folder = TemporaryFolder.Create("cluster"), Durable = durable, Temporary = true };
        var cluster = await CreateAsync(settings is null ? temporary : temporary with { Settings = settings }, cancellation);
        try
        {
            await cluster.StartAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and returns when it answers.</summary>
    /// <exception cref="ChildFailedException">It ended instead; the message quotes its log.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (Postmaster is not null)
        {
            return;
        }

        _postmaster = _programs.StartServer(_options.Name, _options.Folder, ServerSettings());
        try
        {
            await WaitUntilReadyAsync(_postmaster, cancellation);
        }
        catch
        {
            await StopAsync(StopMode.Immediate);
            throw;
        }
    }

    /// <summary>Stops the server; one that does not stop in ten seconds is stopped the hard way.</summary>
    public async Task StopAsync(StopMode mode = StopMode.Fast)
    {
        if (Postmaster is not { } running)
        {
            return;
        }

        if (mode == StopMode.Fast)
        {
            running.Signal(UnixSignal.Interrupt);
            // A walsender whose client has gone silent can hold a fast shutdown up for as long as it likes.
            await Task.WhenAny(running.WaitForExitAsync(CancellationToken.None), Task.Delay(StopPatience));
        }

        var children = ProcessIdentity.ChildrenOf(running.Id);
        if (!running.HasExited && !await running.StopAsync(UnixSignal.Quit, StopPatience))
        {
            await KillChildrenAsync(children);
        }

        File.Delete(PostgresPrograms.PidFile(_options.Folder));
    }

    /// <summary>
    /// Kills the server and all its processes with SIGKILL, as the kernel would when memory runs out; the data is left for
    /// recovery.
    /// </summary>
    public async Task Kill9Async()
    {
        if (Postmaster is not { } running)
        {
            return;
        }

        // Frozen first, so that it cannot fork a backend which would escape and keep the shared memory in use.
        running.Signal(UnixSignal.Stop);
        var children = ProcessIdentity.ChildrenOf(running.Id);
        await running.StopAsync(UnixSignal.Kill, StopPatience);
        await KillChildrenAsync(children);
    }

    /// <summary>
    /// A connection string; without a user for the superuser, without a password with the one set by this cluster.
    /// </summary>
    public string ConnectionString(string database, string? user = null, string? password = null)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = user ?? Superuser,
            Password = password ?? _passwords[user ?? Superuser],
        };
        return builder.ConnectionString;
    }

    /// <summary>
    /// Makes a role that may log in, or gives an existing one this password and these attributes (such as <c>REPLICATION</c>).
    /// </summary>
    public async Task CreateRoleAsync(
        string name, string? password = null, string attributes = "", CancellationToken cancellation = default)
    {
        var secret = password ?? _passwords.GetOrAdd(name, _ => NewPassword());
        _passwords[name] = secret;
        var role = $"ROLE {Sql.Name(name)} LOGIN {attributes} PASSWORD {Sql.Text(secret)}";
        var sql = $"""
            DO $$ BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = {Sql.Text(name)}) THEN ALTER {role}; ELSE CREATE {role}; END IF;
            END $$
            """;
        await ExecuteAsync(Superuser, sql, cancellation);
    }

    /// <summary>Makes a database with its owner; the owner's role is made too when it is missing.</summary>
    /// <param name="name">The database.</param>
    /// <param name="owner">The owner's role.</param>
    /// <param name="password">The owner's password; a random one when null.</param>
    /// <param name="template">A database without sessions to copy; null for an empty one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task CreateDatabaseAsync(
        string name, string owner, string? password = null, string? template = null, CancellationToken cancellation = default)
    {
        await CreateRoleAsync(owner, password, cancellation: cancellation);
        await ExecuteAsync(
            Superuser,
            $"CREATE DATABASE {Sql.Name(name)} OWNER {Sql.Name(owner)} TEMPLATE {Sql.Name(template ?? "template0")}",
            cancellation);
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stops the server, and deletes the folder of a temporary cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_options.Temporary ? StopMode.Immediate : StopMode.Fast);
        if (_options.Temporary && Directory.Exists(_options.Folder))
        {
            Directory.Delete(_options.Folder, recursive: true);
        }
    }

    private static async Task KillChildrenAsync(IReadOnlyList<ProcessIdentity> children)
    {
        foreach (var child in children.Where(c => c.IsAlive))
        {
            Libc.Signal(child.Id, UnixSignal.Kill);
        }

        while (children.Any(c => c.IsAlive))
        {
            await Task.Delay(PollEvery);
        }
    }

    private Dictionary<string, string> ServerSettings()
    {
        var data = PostgresPrograms.DataFolder(_options.Folder);
        var settings = new Dictionary<string, string>(_options.Settings, StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = $"{Port}",
            // Longer paths than the kernel takes for a socket do without one; everything of ours goes over TCP.
            ["unix_socket_directories"] = data.Length < LongestSocketPath ? data : string.Empty,
        };
        if (!_options.Durable)
        {
            settings["fsync"] = "off";
            settings["full_page_writes"] = "off";
        }

        return settings;
    }

    private async Task WaitUntilReadyAsync(ChildProcess server, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartPatience);
        while (true)
        {
            try
            {
                await ExecuteAsync(Superuser, "SELECT", patience.Token);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (server.HasExited)
                {
                    throw new ChildFailedException(_options.Name, server.ExitCode, LogFile);
                }

                if (patience.IsCancellationRequested)
                {
                    throw new TimeoutException(
                        $"{_options.Name} did not answer on port {Port} within a minute. Its log: {LogFile}", e);
                }

                await Task.Delay(PollEvery, cancellation);
            }
        }
    }
}
