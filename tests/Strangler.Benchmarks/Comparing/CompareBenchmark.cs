using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Strangler.Demo.Clusters;
using Strangler.Sync;
using Strangler.Sync.Reconciling;

namespace Strangler.Benchmarks.Comparing;

/// <summary>
/// How much a comparison of two equal tables costs: CPU seconds of this process and of all server processes of both clusters, divided by the
/// cores of the machine; beside it what one count and one hash of each row cost when each server does it alone.
/// </summary>
internal static class CompareBenchmark
{
    private const string Columns = "id integer primary key, sku text, name text, price numeric(12,2), qty integer, updated timestamp";

    public static async Task RunAsync(int rows)
    {
        await using var source = await PrivateCluster.CreateTemporaryAsync();
        await using var target = await PrivateCluster.CreateTemporaryAsync();
        var from = await FillAsync(source, "item", rows);
        var to = await FillAsync(target, "item_copy", rows);
        await using var sourceStore = NpgsqlDataSource.Create(StoreConnection.Compare(from));
        await using var targetStore = NpgsqlDataSource.Create(StoreConnection.Compare(to));
        await using var writer = NpgsqlDataSource.Create(to);

        var hashed = await MeasureAsync([source, target], async () =>
        {
            await ExecuteAsync(from, "select count(*), sum(hashtextextended(t::text, 0)) from item t");
            await ExecuteAsync(to, "select count(*), sum(hashtextextended(t::text, 0)) from item_copy t");
        });
        Print($"count and hash of {rows:N0} rows on both servers", hashed);
        for (var round = 1; round <= 3; round++)
        {
            var job = new CompareJob(0, "bench", "full", TimeProvider.System);
            var compared = await MeasureAsync([source, target], () => CompareAsync(sourceStore, targetStore, writer, job));
            if (job.Report() is not { Verdict: "clean" } run)
            {
                throw new InvalidOperationException($"The tables are equal, but {job.Report()} was found.");
            }

            Print($"compare of {run.Done:N0} rows, round {round}", compared);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio to count and hash: {compared.Cpu / hashed.Cpu:0.0}"));
        }
    }

    private static async Task CompareAsync(NpgsqlDataSource source, NpgsqlDataSource target, NpgsqlDataSource writer, CompareJob job)
    {
        var mapping = new ItemMapping();
        var options = new SyncOptions();
        var tables = new ReconTables(writer, "bench");
        var watermark = new StreamWatermark(() => DateTimeOffset.MaxValue, TimeProvider.System);
        var sides = await BothSides.OpenAsync(mapping, new SnapshotReader(source), new SnapshotReader(target), CancellationToken.None);
        await new EntityComparer(
            sides, new Settler(sides, watermark, tables, options, job), new StrayFinder(sides, watermark, tables, options, job),
            new BucketList(typeof(int)), options, job, TimeProvider.System).RunAsync(previous: null, aligned: null, CancellationToken.None);
        job.End("finished");
    }

    private static async Task<string> FillAsync(PrivateCluster cluster, string table, int rows)
    {
        await cluster.CreateDatabaseAsync("bench", "bench");
        var connection = cluster.ConnectionString("bench");
        await ExecuteAsync(connection, $"""
            create table {table} ({Columns});
            insert into {table} select n, 'SKU-' || n, 'Article number ' || n, n % 10000 / 100.0, n % 500, timestamp '2026-01-01' + n * interval '1 second'
            from generate_series(1, {rows}) n;
            """);
        await ExecuteAsync(connection, $"vacuum analyze {table}");
        await ExecuteAsync(connection, "checkpoint");
        return connection;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(double Cpu, double Wall)> MeasureAsync(PrivateCluster[] clusters, Func<Task> work)
    {
        var before = Cpu(clusters);
        var began = Stopwatch.GetTimestamp();
        await work();
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // A backend that ends hands its time to the postmaster when that has noticed.
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        return (Cpu(clusters) - before, wall);
    }

    private static double Cpu(PrivateCluster[] clusters) =>
        Environment.CpuUsage.TotalTime.TotalSeconds + clusters.Sum(cluster => ServerTimes.Seconds(cluster.Postmaster!.Id));

    private static void Print(string what, (double Cpu, double Wall) took) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {took.Cpu:0.00} s CPU, {took.Cpu / Environment.ProcessorCount:0.00} s per core on {Environment.ProcessorCount} cores, {took.Wall:0.00} s on the clock"));
}
