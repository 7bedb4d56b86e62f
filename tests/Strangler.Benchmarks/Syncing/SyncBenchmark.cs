using System.Diagnostics;
using System.Globalization;

namespace Strangler.Benchmarks.Syncing;

/// <summary>
/// How fast the sync engine applies what a source has written, beside PostgreSQL's own subscription on the same data, with synchronous_commit on
/// in both and everything on this machine.
/// </summary>
internal static class SyncBenchmark
{
    private const int WarmUp = 30_000;

    private static readonly (string Name, Func<ISubscriber> Make)[] Subscribers =
    [
        ("native subscription", () => new NativeSubscriber()),
        ("image mode, 2 lanes", () => new EngineSubscriber(images: true, lanes: 2)),
        ("aggregate mode, 2 lanes", () => new EngineSubscriber(images: false, lanes: 2)),
        ("aggregate mode, 1 lane", () => new EngineSubscriber(images: false, lanes: 1)),
    ];

    public static async Task RunAsync(string part, int scale)
    {
        await using var pair = await SyncPair.CreateAsync();
        if (part is "triggers")
        {
            await TriggerBenchmark.RunAsync(pair);
            return;
        }

        Console.WriteLine("synchronous_commit = on in the targets of all; two clusters, writer, engine and servers share this machine's cores");
        // Compiling the engine's code is no part of its speed, as it runs for weeks.
        foreach (var (_, make) in Subscribers)
        {
            await MeasureAsync(pair, make(), WarmUp, _ => Task.CompletedTask, pair => pair.LoadBulkAsync(WarmUp));
        }

        if (part is "all" or "bulk")
        {
            await CompareAsync(pair, $"{scale:N0} inserts and {scale:N0} updates, 1,000 rows a transaction", scale * 2, _ => Task.CompletedTask, pair => pair.LoadBulkAsync(scale));
        }

        if (part is "all" or "singles")
        {
            await CompareAsync(pair, $"{scale / 3:N0} transactions of one row", scale / 3, _ => Task.CompletedTask, pair => pair.LoadSinglesAsync(scale / 3));
        }

        if (part is "all" or "hot")
        {
            await CompareAsync(
                pair, $"{scale / 3:N0} updates, 90 % on 1 % of {scale:N0} rows", scale / 3, pair => pair.LoadOneTransactionAsync(scale), pair => pair.LoadHotAsync(scale, scale / 3));
        }

        if (part is "all" or "latency")
        {
            await LatencyBenchmark.RunAsync(pair);
        }

        if (part is "large")
        {
            await CompareAsync(pair, $"{scale:N0} rows in one transaction", scale, _ => Task.CompletedTask, pair => pair.LoadOneTransactionAsync(scale), subscribers: 3);
        }
    }

    private static async Task CompareAsync(
        SyncPair pair, string what, int changes, Func<SyncPair, Task> before, Func<SyncPair, Task> load, int subscribers = int.MaxValue)
    {
        Console.WriteLine(what);
        var native = 0.0;
        foreach (var (name, make) in Subscribers.Take(subscribers))
        {
            var (rate, cpu) = await MeasureAsync(pair, make(), changes, before, load);
            native = native == 0 ? rate : native;
            var memory = Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name,-26} {rate,10:N0}/s   ratio {rate / native:0.00}   CPU us a change: engine {cpu.Engine:0.0}, source {cpu.Source:0.0}, target {cpu.Target:0.0}   engine's peak so far {memory:N0} MiB"));
        }
    }

    private static async Task<(double Rate, CpuTimes Cpu)> MeasureAsync(
        SyncPair pair, ISubscriber subscriber, int changes, Func<SyncPair, Task> prepare, Func<SyncPair, Task> load)
    {
        await pair.RenewAsync();
        await using (subscriber)
        {
            await subscriber.PrepareAsync(pair);
            await prepare(pair);
            var filled = await pair.PositionAsync();
            await subscriber.StartAsync();
            await subscriber.WaitAsync(filled);
            await subscriber.StopAsync();
            await load(pair);
            var end = await pair.PositionAsync();
            await pair.MarkAsync();
            var before = pair.Cpu();
            var began = Stopwatch.GetTimestamp();
            await subscriber.StartAsync();
            await subscriber.WaitAsync(end);
            var took = Stopwatch.GetElapsedTime(began);
            var cpu = pair.Cpu().Since(before, changes);
            if (!await pair.AreEqualAsync())
            {
                throw new InvalidOperationException("Both tables should be equal and are not.");
            }

            return (changes / took.TotalSeconds, cpu);
        }
    }
}
