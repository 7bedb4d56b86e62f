using System.Text.RegularExpressions;
using Shouldly;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.NewServices;

/// <summary>A running service on a port that the system chose, with its files in a folder of its own.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    /// <summary>The cookie by which Customers knows a session.</summary>
    public const string SessionCookie = "LegacySession";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _child;

    private ServiceProcess(DirectoryInfo folder, ChildProcess child)
    {
        _folder = folder;
        _child = child;
        Client = new HttpClient();
    }

    /// <summary>Asks this process; paths are relative.</summary>
    public HttpClient Client { get; }

    /// <summary>The reloadable settings file; it does not exist at first.</summary>
    public string SettingsFile => Path.Combine(_folder.FullName, "settings.json");

    /// <summary>The access log.</summary>
    public string AccessLog => Path.Combine(_folder.FullName, "access.log");

    /// <summary>What it has said so far.</summary>
    public string Output => File.ReadAllText(_child.LogFile);

    /// <summary>The process.</summary>
    public ChildProcess Child => _child;

    /// <summary>Starts it and returns when it listens; it need not be ready.</summary>
    /// <param name="service">Which, such as <c>Catalog</c>.</param>
    /// <param name="connectionString">Its database.</param>
    /// <param name="assembly">Which build; the one beside the tests when null.</param>
    public static async Task<ServiceProcess> StartAsync(string service, string connectionString, string? assembly = null)
    {
        var own = Directory.CreateTempSubdirectory(service.ToLowerInvariant() + "-");
        var started = ChildProcess.Start(new ChildCommand
        {
            Name = service,
            Command = ["dotnet", assembly ?? Path.Combine(AppContext.BaseDirectory, service + ".dll"), "--urls", "http://127.0.0.1:0"],
            LogFile = Path.Combine(own.FullName, "output.log"),
            PidFile = Path.Combine(own.FullName, "pid"),
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__" + service] = connectionString,
                ["Session__Cookie"] = SessionCookie,
                ["AccessLog__Path"] = Path.Combine(own.FullName, "access.log"),
                ["AccessLog__Headers__0"] = "Trace-Me",
                ["Settings__File"] = Path.Combine(own.FullName, "settings.json"),
            },
        });
        var process = new ServiceProcess(own, started);
        await Until(() => Task.FromResult(started.HasExited || (File.Exists(started.LogFile) && Listening().IsMatch(process.Output))));
        started.HasExited.ShouldBeFalse(process.Output);
        process.Client.BaseAddress = new Uri(Listening().Match(process.Output).Groups["url"].Value);
        return process;
    }

    /// <summary>Starts it and returns when it is ready.</summary>
    public static async Task<ServiceProcess> StartReadyAsync(string service, string connectionString)
    {
        var process = await StartAsync(service, connectionString);
        await Until(async () => await process.StatusAsync("/readyz") == 200);
        return process;
    }

    /// <summary>Waits for a condition, at most a minute.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(PollEvery, deadline.Token);
        }
    }

    /// <summary>The status of a GET.</summary>
    public async Task<int> StatusAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return (int)response.StatusCode;
    }

    /// <summary>Writes the settings file as a deployment tool would: beside it, then renamed.</summary>
    public void WriteSettings(string json)
    {
        File.WriteAllText(SettingsFile + ".new", json);
        File.Move(SettingsFile + ".new", SettingsFile, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _child.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"Now listening on: (?<url>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
