using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Strangler.Benchmarks.Syncing;

/// <summary>How long a commit of one row in the source takes to be seen in the target, at some 200 transactions a second.</summary>
internal static class LatencyBenchmark
{
    private const int Warm = 200;
    private const int Measured = 2000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(SyncPair pair)
    {
        Console.WriteLine($"commit in the source to commit in the target, {Measured:N0} transactions of one row, one every {Every.TotalMilliseconds:0} ms or when the last has arrived");
        foreach (var (name, make) in new (string, Func<ISubscriber>)[]
        {
            ("native subscription", () => new NativeSubscriber()),
            ("image mode", () => new EngineSubscriber(images: true, lanes: 2)),
            ("aggregate mode", () => new EngineSubscriber(images: false, lanes: 2)),
        })
        {
            await pair.RenewAsync();
            await using var subscriber = make();
            await subscriber.PrepareAsync(pair);
            await subscriber.StartAsync();
            await subscriber.WaitAsync(await pair.PositionAsync());
            var times = await MeasureAsync(pair);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-26} p50 {times[times.Count / 2]:0.0} ms   p95 {times[times.Count * 95 / 100]:0.0} ms   p99 {times[times.Count * 99 / 100]:0.0} ms   most {times[^1]:0.0} ms"));
        }
    }

    private static async Task<List<double>> MeasureAsync(SyncPair pair)
    {
        await using var source = new NpgsqlConnection(pair.Source);
        await using var target = new NpgsqlConnection(pair.Target);
        await source.OpenAsync();
        await target.OpenAsync();
        await using var write = new NpgsqlCommand("insert into item values ($1, 'SKU', 'name', 1, 1, timestamp '2026-01-01')", source) { Parameters = { new NpgsqlParameter<int>() } };
        await using var read = new NpgsqlCommand("select exists (select from item where id = $1)", target) { Parameters = { new NpgsqlParameter<int>() } };
        await write.PrepareAsync();
        await read.PrepareAsync();
        var times = new List<double>();
        for (var id = 1; id <= Warm + Measured; id++)
        {
            write.Parameters[0].Value = id;
            read.Parameters[0].Value = id;
            await write.ExecuteNonQueryAsync();
            var began = Stopwatch.GetTimestamp();
            while (!(bool)(await read.ExecuteScalarAsync())!)
            {
            }

            var took = Stopwatch.GetElapsedTime(began);
            if (id > Warm)
            {
                times.Add(took.TotalMilliseconds);
            }

            if (took < Every)
            {
                await Task.Delay(Every - took);
            }
        }

        times.Sort();
        return times;
    }
}
