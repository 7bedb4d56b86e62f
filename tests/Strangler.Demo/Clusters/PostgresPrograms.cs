using Strangler.Demo.Processes;

namespace Strangler.Demo.Clusters;

/// <summary>
/// Runs PostgreSQL's programs on a cluster's folder, as the right account and without the caller's PG* variables.
/// </summary>
internal sealed class PostgresPrograms
{
    private readonly PostgresInstallation _installation;
    private readonly PostgresAccount _account;

    private PostgresPrograms(PostgresInstallation installation, PostgresAccount account)
    {
        _installation = installation;
        _account = account;
    }

    /// <summary>Finds the programs and the account.</summary>
    /// <exception cref="InvalidOperationException">One of them is missing.</exception>
    public static PostgresPrograms Find() => new(PostgresInstallation.Find(), PostgresAccount.Find());

    /// <summary>Where the data of a cluster lies.</summary>
    public static string DataFolder(string clusterFolder) => Path.Combine(clusterFolder, "data");

    /// <summary>The server's log.</summary>
    public static string LogFile(string clusterFolder) => Path.Combine(clusterFolder, "postgres.log");

    /// <summary>The identity of the running server.</summary>
    public static string PidFile(string clusterFolder) => Path.Combine(clusterFolder, "cluster.pid");

    /// <summary>Makes the data folder with initdb.</summary>
    /// <exception cref="ChildFailedException">initdb failed; the message quotes it.</exception>
    public async Task InitializeAsync(string clusterFolder, string superuser, string password, CancellationToken cancellation)
    {
        var data = DataFolder(clusterFolder);
        Directory.CreateDirectory(data);
        _account.Own(data);
        var passwordFile = Path.Combine(clusterFolder, "superuser.password");
        await WritePrivateAsync(passwordFile, password);
        _account.Own(passwordFile);
        try
        {
            // Without its own syncs: nothing is in there yet that a killed machine could lose.
            await ChildProcess.RunAsync(
                NewCommand("initdb", clusterFolder, Path.Combine(clusterFolder, "initdb.pid"), [
                    _installation.Program("initdb"), "-D", data, "--username=" + superuser, "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
                ]),
                cancellation);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>Starts the server; the process is the postmaster itself.</summary>
    public ChildProcess StartServer(string name, string clusterFolder, IReadOnlyDictionary<string, string> settings) =>
        ChildProcess.Start(NewCommand(name, clusterFolder, PidFile(clusterFolder), [
            _installation.Program("postgres"), "-D", DataFolder(clusterFolder),
            .. settings.SelectMany(s => (string[])["-c", $"{s.Key}={s.Value}"]),
        ]));

    private static async Task WritePrivateAsync(string path, string text)
    {
        await using var file = new StreamWriter(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteLineAsync(text);
    }

    private ChildCommand NewCommand(string name, string clusterFolder, string pidFile, IReadOnlyList<string> command) => new()
    {
        Name = name,
        Command = _account.Wrap(command),
        LogFile = LogFile(clusterFolder),
        PidFile = pidFile,
        Environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(variable => variable.StartsWith("PG", StringComparison.Ordinal))
            .ToDictionary(variable => variable, _ => (string?)null, StringComparer.Ordinal),
    };
}
