using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>One run: load and faults, then the cure, the drain and the check.</summary>
internal sealed class ChaosRun(ChaosClusters clusters, int seed)
{
    private const int Products = 600;

    private readonly List<string> _times = [];

    /// <summary>Faults by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults { get; private set; } = new Dictionary<FaultKind, int>();

    /// <summary>Transactions of the load by kind.</summary>
    public IReadOnlyDictionary<WorkKind, int> Work { get; private set; } = new Dictionary<WorkKind, int>();

    /// <summary>What it did, in one line.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>What the adapters have written.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Runs it.</summary>
    /// <returns>The violations.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        await using var lab = await ChaosLab.CreateAsync(clusters, Products);
        await using var adapters = new ChaosAdapters(lab.Settings);
        adapters.Start();
        var load = new ChaosLoad(lab.Source, seed, Products);
        var faults = new Faults(lab, adapters, new Random(seed));
        using var stop = new CancellationTokenSource();
        var writing = load.RunAsync(stop.Token);
        try
        {
            foreach (var kind in FaultDeck.Deal(seed))
            {
                var from = clock.GetTimestamp();
                await faults.InjectAsync(kind);
                _times.Add($"{kind} {clock.GetElapsedTime(from).TotalSeconds:0.0}");
            }

            await faults.CureAsync();
            await stop.CancelAsync();
            await writing;
            // What the load poisoned anew by moving or replacing rows.
            await faults.CureAsync();
            var end = clock.GetUtcNow();
            return await DrainAsync(adapters, end) is { } stuck
                ? [stuck, .. await ChaosCheck.ViolationsAsync(lab, load.Tokens)]
                : await ChaosCheck.ViolationsAsync(lab, load.Tokens);
        }
        finally
        {
            await stop.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Faults = faults.Injected;
            Work = load.Done;
            Output = adapters.Output;
            _times.Add($"all {clock.GetElapsedTime(began).TotalSeconds:0.0} s");
            Summary = $"seed {seed}: {string.Join(", ", _times)}; {load.Done.Values.Sum()} transactions, {load.Failed} failed, "
                + $"{load.Tokens.Count} tokens";
        }
    }

    /// <summary>Waits for the adapters' own word: a watermark after the last commit of the load, and nothing that waits.</summary>
    /// <returns>Why that never came; null when it did.</returns>
    private static async Task<string?> DrainAsync(ChaosAdapters adapters, DateTimeOffset end)
    {
        try
        {
            await adapters.SaysAsync("everything has come", report => report.Streams.All(stream =>
                stream is { State: StreamStates.Following, Waiting: 0, DeadLetters: 0, Watermark: { } watermark } && watermark > end));
            return null;
        }
        catch (TimeoutException e)
        {
            return e.Message;
        }
    }
}
