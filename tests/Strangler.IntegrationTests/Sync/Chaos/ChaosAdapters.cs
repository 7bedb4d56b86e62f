using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>The adapters as a process of their own, to be killed.</summary>
internal sealed class ChaosAdapters(IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"strangler-chaos-{Guid.NewGuid():N}.log");
    private ChildProcess? _process;

    /// <summary>What all processes so far have written.</summary>
    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>Where the running process tells its status.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts a process.</summary>
    public void Start()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        _process = ChildProcess.Start(new ChildCommand
        {
            Name = "adapters",
            Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Strangler.ChaosAdapter.dll"), "--urls", Url.ToString()],
            LogFile = _log,
            PidFile = _log + ".pid",
            Environment = settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal),
        });
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public async Task Kill9Async()
    {
        await _process!.StopAsync(UnixSignal.Kill, Patience);
        _process = null;
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code; null when it had to be killed.</returns>
    public async Task<int?> TerminateAsync()
    {
        var ended = await _process!.StopAsync(UnixSignal.Terminate, Patience);
        var code = _process.ExitCode;
        _process = null;
        return ended ? code : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill9Async();
        }

        File.Delete(_log);
    }
}
