using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace Strangler.Benchmarks.Proxying;

/// <summary>
/// The whole edge against plain YARP: 50 capabilities in canary with 200 operations against one route. The proxy alone on core 0, load and
/// backend on core 1; turns alternate, and what counts is the median of the ratios of neighbouring turns.
/// </summary>
internal static class ProxyingBenchmark
{
    private const int Capabilities = 50;
    private const int Connections = 16;
    private const string Token = "a-token-for-the-benchmark";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    /// <summary>Runs it and prints the ratios.</summary>
    /// <param name="rounds">Pairs of turns.</param>
    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("proxying-").FullName;
        try
        {
            var own = typeof(ProxyingBenchmark).Assembly.Location;
            var ports = FreePorts(4);
            using var backend = Child.Start(1, own, "child-backend", Address(ports[0]));
            using var yarp = Child.Start(0, own, "child-yarp", Address(ports[1]), Address(ports[0]));
            using var edge = StartEdge(own, folder, ports);
            await ReadyAsync($"{Address(ports[1])}/");
            await ReadyAsync($"{Address(ports[3])}/readyz");
            await ReadyAsync($"{Address(ports[0])}/");
            await IntoCanaryAsync(Address(ports[3]));
            using var other = System.Diagnostics.Process.GetCurrentProcess();
            other.ProcessorAffinity = 2;

            var (plain, ours) = (new LoadClient(ports[1], Connections, Capabilities), new LoadClient(ports[2], Connections, Capabilities));
            await plain.RunAsync(WarmUp);
            await ours.RunAsync(WarmUp);
            var turns = new List<(double Requests, double Cpu)>();
            for (var round = 1; round <= rounds; round++)
            {
                var a = await MeasureAsync(plain, yarp);
                var b = await MeasureAsync(ours, edge);
                turns.Add((b.PerSecond / a.PerSecond, b.CpuMicroseconds / a.CpuMicroseconds));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{round,3}  YARP {a.PerSecond,7:0} requests/s {a.CpuMicroseconds,6:0.0} us   edge {b.PerSecond,7:0} requests/s {b.CpuMicroseconds,6:0.0} us   ratios {turns[^1].Requests:0.000} {turns[^1].Cpu:0.000}"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"median of {rounds} pairs: {Median(turns.Select(t => t.Requests)):0.000} of plain YARP's requests/s, {Median(turns.Select(t => t.Cpu)):0.000} of its CPU per request"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double PerSecond, double CpuMicroseconds)> MeasureAsync(LoadClient load, Child proxy)
    {
        var before = proxy.CpuTime();
        var requests = await load.RunAsync(Turn);
        return (requests / Turn.TotalSeconds, (proxy.CpuTime() - before).TotalMicroseconds / requests);
    }

    private static Child StartEdge(string own, string folder, int[] ports)
    {
        var rules = new StringBuilder(
            $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{Address(ports[0])}}"] }
            unit: { session: { cookie: LegacySession } }
            capabilities:

            """);
        for (var i = 0; i < Capabilities; i++)
        {
            rules.Append(CultureInfo.InvariantCulture,
                $$"""
                  c{{i}}:
                    new: { destinations: ["{{Address(ports[0])}}"] }
                    operations:
                      - { match: "GET /c{{i}}/products", semantics: safe }
                      - { match: "GET /c{{i}}/products/{sku}", semantics: safe }
                      - { match: "GET /c{{i}}/search", semantics: safe }
                      - { match: "POST /c{{i}}/products", semantics: none }

                """);
        }

        File.WriteAllText(Path.Combine(folder, "rules.yaml"), rules.ToString());
        File.WriteAllText(Path.Combine(folder, "token"), Token);
        Environment.SetEnvironmentVariable("STRANGLER_ADMIN_TOKEN_FILE", Path.Combine(folder, "token"));
        var host = own.Replace(Path.Combine("tests", "Strangler.Benchmarks"), Path.Combine("proxy", "Strangler.Host"), StringComparison.Ordinal)
            .Replace("Strangler.Benchmarks.dll", "Strangler.Host.dll", StringComparison.Ordinal);
        return Child.Start(0, host, "--rules", Path.Combine(folder, "rules.yaml"), "--state", Path.Combine(folder, "state"),
            "--urls", Address(ports[2]), "--management", Address(ports[3]));
    }

    private static async Task IntoCanaryAsync(string management)
    {
        using var admin = new HttpClient { BaseAddress = new Uri(management) };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        for (var plan = 1; plan <= 2 * Capabilities; plan++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/v1/capabilities/c{(plan - 1) / 2}:promote")
            {
                Content = JsonContent.Create(plan % 2 == 1 ? (object)new { reason = "benchmark" } : new { reason = "benchmark", share = 50 }),
            };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{plan}\"");
            using var answer = await admin.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task ReadyAsync(string address)
    {
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (tries < 300)
            {
                // Not there yet.
            }

            await Task.Delay(100);
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
