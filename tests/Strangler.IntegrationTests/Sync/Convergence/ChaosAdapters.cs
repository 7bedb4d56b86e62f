using System.Net.Http.Json;
using Strangler.Core.Adapters;
using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>The adapters as processes of their own, to be killed: one, or a second that waits for the first to go.</summary>
internal sealed class ChaosAdapters(IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"strangler-chaos-{Guid.NewGuid():N}.log");
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly List<(ChildProcess Process, Uri Url)> _running = [];

    /// <summary>What all processes so far have written.</summary>
    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>The process that was started first of those that run.</summary>
    public ChildProcess First => _running[0].Process;

    /// <summary>Starts one more process.</summary>
    public void Start()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        _running.Add((ChildProcess.Start(new ChildCommand
        {
            Name = "adapters",
            Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Strangler.ChaosAdapter.dll"), "--urls", url.ToString()],
            LogFile = _log,
            PidFile = $"{_log}.{url.Port}.pid",
            Environment = settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal),
        }), url));
    }

    /// <summary>Kills the first with SIGKILL.</summary>
    public async Task Kill9Async()
    {
        await First.StopAsync(UnixSignal.Kill, Patience);
        _running.RemoveAt(0);
    }

    /// <summary>Asks the first to end.</summary>
    /// <returns>Its exit code; null when it had to be killed.</returns>
    public async Task<int?> TerminateAsync()
    {
        var process = First;
        var ended = await process.StopAsync(UnixSignal.Terminate, Patience);
        _running.RemoveAt(0);
        return ended ? process.ExitCode : null;
    }

    /// <summary>What the process started last says; null when it does not answer.</summary>
    public async Task<AdaptersReport?> ReportAsync()
    {
        try
        {
            return await _client.GetFromJsonAsync(new Uri(_running[^1].Url, "/v1/watermark"), AdaptersJson.Default.AdaptersReport);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Returns when the process started last says what is waited for.</summary>
    public Task SaysAsync(string what, Func<AdaptersReport, bool> condition)
    {
        AdaptersReport? seen = null;
        return Eventually.TrueAsync(
            what,
            async () => (seen = await ReportAsync()) is not null && condition(seen),
            () => $"{seen} {string.Join(' ', seen?.Streams.Select(stream => stream.ToString()) ?? [])}\n{Output[Math.Max(0, Output.Length - 3000)..]}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_running.Count > 0)
        {
            // A frozen one cannot end otherwise.
            await Kill9Async();
        }

        _client.Dispose();
        File.Delete(_log);
    }
}
