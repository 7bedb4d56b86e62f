using System.Globalization;
using System.Text;
using Strangler.Demo.Clusters;

namespace Strangler.Benchmarks.Proxying;

/// <summary>
/// The edge with breakers, fallback, budgets, limits and health checks on and everything healthy, against plain YARP in the same run; and what it
/// allocates for each request. The proxies on core 0, load and backend on core 1; turns alternate, and what counts is the median of the ratios of
/// neighbouring turns.
/// </summary>
internal static class ResilienceBenchmark
{
    private const int Connections = 16;
    private const int Capabilities = 10;
    private const double LeastRequests = 0.95;
    private const double MostCpu = 1.05;

    // Until the compiler has come to rest: it shares the core with the proxies.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    /// <summary>Runs it and prints the ratios and the bytes.</summary>
    /// <param name="rounds">Rounds of turns.</param>
    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("resilience-").FullName;
        try
        {
            var own = typeof(ResilienceBenchmark).Assembly.Location;
            var ports = Enumerable.Range(0, 4).Select(_ => FreePort.Next()).ToArray();
            var addresses = ports.Select(ProxyingBenchmark.Address).ToArray();
            using var backend = Child.Start(1, own, "child-backend", addresses[0]);
            using var yarp = Child.Start(0, own, "child-yarp", addresses[1], addresses[0], $"{Capabilities}");
            using var edge = ProxyingBenchmark.StartHost(own, folder, Rules(addresses[0]), addresses[2], addresses[3]);
            await ProxyingBenchmark.ReadyAsync($"{addresses[0]}/");
            await ProxyingBenchmark.ReadyAsync($"{addresses[1]}/");
            await ProxyingBenchmark.ReadyAsync($"{addresses[3]}/readyz");
            await ProxyingBenchmark.IntoCanaryAsync(addresses[3], Capabilities);
            using var other = System.Diagnostics.Process.GetCurrentProcess();
            other.ProcessorAffinity = 2;

            (Child Process, LoadClient Load)[] contestants = [(yarp, new(ports[1], Connections, Capabilities)), (edge, new(ports[2], Connections, Capabilities))];
            foreach (var contestant in contestants) await contestant.Load.RunAsync(WarmUp);
            var ratios = new List<(double Requests, double Cpu)>();
            var bytes = new List<double>();
            for (var round = 1; round <= rounds; round++)
            {
                var plain = await ProxyingBenchmark.MeasureAsync(contestants[0].Load, yarp);
                var before = await AllocatedAsync(addresses[3]);
                var with = await ProxyingBenchmark.MeasureAsync(contestants[1].Load, edge);
                bytes.Add((await AllocatedAsync(addresses[3]) - before) / (with.PerSecond * ProxyingBenchmark.Turn.TotalSeconds));
                ratios.Add((with.PerSecond / plain.PerSecond, with.Cpu / plain.Cpu));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{round,3}  YARP {plain.PerSecond,6:0} requests/s {plain.Cpu,5:0.0} us   edge {with.PerSecond,6:0} requests/s {with.Cpu,5:0.0} us {bytes[^1],6:0} B"));
            }

            var (requests, cpu) = (ProxyingBenchmark.Median(ratios.Select(r => r.Requests)), ProxyingBenchmark.Median(ratios.Select(r => r.Cpu)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"the edge: {requests:0.000} of the requests/s (target at least {LeastRequests}) and {cpu:0.000} of the CPU per request (target at most {MostCpu}) of plain YARP, {ProxyingBenchmark.Median(bytes):0} bytes allocated per request (medians of {rounds} rounds)"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> AllocatedAsync(string management)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri($"{management}/metrics"));
        var line = metrics.Split('\n').First(l => l.StartsWith("dotnet_gc_heap_total_allocated_bytes_total", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static string Rules(string backend)
    {
        var rules = new StringBuilder(
            $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{backend}}"], capacity: 100000 }
            unit: { session: { cookie: LegacySession } }
            capabilities:

            """);
        for (var i = 0; i < Capabilities; i++)
        {
            rules.Append(CultureInfo.InvariantCulture,
                $$"""
                  c{{i}}:
                    priority: {{(i % 2 == 0 ? "high" : "low")}}
                    bulkhead: 60%
                    new: { destinations: ["{{backend}}"], health: / }
                    operations:
                      - { match: "GET /c{{i}}/products", semantics: safe }
                      - { match: "GET /c{{i}}/products/{sku}", semantics: safe }
                      - { match: "GET /c{{i}}/search", semantics: safe }
                      - { match: "POST /c{{i}}/products", semantics: none }

                """);
        }

        return rules.ToString();
    }
}
