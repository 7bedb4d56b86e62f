using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Strangler.Demo.Clusters;

namespace Strangler.Benchmarks.Proxying;

/// <summary>
/// The whole edge, 50 capabilities in canary with 200 operations, against plain YARP with one route and with 200. The proxy alone on core 0,
/// load and backend on core 1; turns alternate, and what counts is the median of the ratios of neighbouring turns.
/// </summary>
internal static class ProxyingBenchmark
{
    private const int Capabilities = 50;
    private const int Connections = 16;
    private const string Token = "a-token-for-the-benchmark";
    private const int MostTries = 300;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    /// <summary>Runs it and prints the ratios.</summary>
    /// <param name="rounds">Pairs of turns.</param>
    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("proxying-").FullName;
        try
        {
            var own = typeof(ProxyingBenchmark).Assembly.Location;
            var ports = Enumerable.Range(0, 5).Select(_ => FreePort.Next()).ToArray();
            using var backend = Child.Start(1, own, "child-backend", Address(ports[0]));
            using var yarp = Child.Start(0, own, "child-yarp", Address(ports[1]), Address(ports[0]), "0");
            using var routes = Child.Start(0, own, "child-yarp", Address(ports[4]), Address(ports[0]), $"{Capabilities}");
            using var edge = StartEdge(own, folder, ports);
            await ReadyAsync($"{Address(ports[1])}/");
            await ReadyAsync($"{Address(ports[4])}/");
            await ReadyAsync($"{Address(ports[3])}/readyz");
            await ReadyAsync($"{Address(ports[0])}/");
            await IntoCanaryAsync(Address(ports[3]), Capabilities);
            using var other = System.Diagnostics.Process.GetCurrentProcess();
            other.ProcessorAffinity = 2;

            (string Name, Child Process, LoadClient Load)[] contestants =
            [
                ("YARP, 1 route", yarp, new(ports[1], Connections, Capabilities)),
                ("YARP, 200 routes", routes, new(ports[4], Connections, Capabilities)),
                ("the edge", edge, new(ports[2], Connections, Capabilities)),
            ];
            foreach (var contestant in contestants) await contestant.Load.RunAsync(WarmUp);
            var ratios = contestants.Select(_ => new List<(double Requests, double Cpu)>()).ToArray();
            for (var round = 1; round <= rounds; round++)
            {
                var turns = new List<(double PerSecond, double Cpu)>();
                foreach (var contestant in contestants) turns.Add(await MeasureAsync(contestant.Load, contestant.Process));
                for (var i = 0; i < turns.Count; i++) ratios[i].Add((turns[i].PerSecond / turns[0].PerSecond, turns[i].Cpu / turns[0].Cpu));
                Console.WriteLine($"{round,3}  {string.Join("   ", turns.Select(Words))}");
            }

            for (var i = 1; i < contestants.Length; i++)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{contestants[i].Name}: {Median(ratios[i].Select(t => t.Requests)):0.000} of the requests/s and {Median(ratios[i].Select(t => t.Cpu)):0.000} of the CPU per request of {contestants[0].Name} (medians of {rounds} rounds)"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Words((double PerSecond, double Cpu) turn) =>
        string.Create(CultureInfo.InvariantCulture, $"{turn.PerSecond,6:0} requests/s {turn.Cpu,5:0.0} us");

    internal static async Task<(double PerSecond, double Cpu)> MeasureAsync(LoadClient load, Child proxy)
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

        return StartHost(own, folder, rules.ToString(), Address(ports[2]), Address(ports[3]));
    }

    /// <summary>Starts the real edge on core 0.</summary>
    internal static Child StartHost(string own, string folder, string rules, string address, string management)
    {
        File.WriteAllText(Path.Combine(folder, "rules.yaml"), rules);
        File.WriteAllText(Path.Combine(folder, "token"), Token);
        Environment.SetEnvironmentVariable("STRANGLER_ADMIN_TOKEN_FILE", Path.Combine(folder, "token"));
        var host = own.Replace(Path.Combine("tests", "Strangler.Benchmarks"), Path.Combine("proxy", "Strangler.Host"), StringComparison.Ordinal)
            .Replace("Strangler.Benchmarks.dll", "Strangler.Host.dll", StringComparison.Ordinal);
        return Child.Start(0, host, "--rules", Path.Combine(folder, "rules.yaml"), "--state", Path.Combine(folder, "state"),
            "--urls", address, "--management", management);
    }

    /// <summary>Half of the units of each capability on the new side.</summary>
    internal static async Task IntoCanaryAsync(string management, int capabilities)
    {
        using var admin = new HttpClient { BaseAddress = new Uri(management) };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        for (var plan = 1; plan <= 2 * capabilities; plan++)
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

    internal static async Task ReadyAsync(string address)
    {
        using var http = new HttpClient();
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(PollEvery);
        }

        throw new InvalidOperationException($"{address} was not ready after {MostTries * PollEvery.TotalSeconds:0} s");
    }

    internal static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
