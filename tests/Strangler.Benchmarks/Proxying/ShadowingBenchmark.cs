using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Strangler.Demo.Clusters;

namespace Strangler.Benchmarks.Proxying;

/// <summary>
/// The edge with every request copied, compared and redacted, and with a new side that accepts and never answers, against plain YARP and against itself without a
/// shadow. The proxies on core 0, load and backends on core 1; turns alternate, and what counts is the median of the ratios of neighbouring turns.
/// </summary>
internal static class ShadowingBenchmark
{
    private const int Connections = 8;
    private const string Token = "a-token-for-the-benchmark";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Runs it for 1 KiB and 16 KiB, with equal answers, and prints the ratios.</summary>
    /// <param name="rounds">Pairs of turns.</param>
    public static async Task RunAsync(int rounds)
    {
        foreach (var size in (int[])[1024, 16 * 1024]) await RunAsync(rounds, size);
    }

    private static async Task RunAsync(int rounds, int size)
    {
        var folder = Directory.CreateTempSubdirectory("shadowing-").FullName;
        try
        {
            var own = typeof(ShadowingBenchmark).Assembly.Location;
            var ports = Enumerable.Range(0, 8).Select(_ => FreePort.Next()).ToArray();
            var addresses = ports.Select(ProxyingBenchmark.Address).ToArray();
            using var backend = Child.Start(1, own, "child-json", addresses[0], size.ToString(CultureInfo.InvariantCulture), "equal");
            using var yarp = Child.Start(0, own, "child-yarp", addresses[1], addresses[0], "0");
            using var deaf = new TcpListener(IPAddress.Loopback, 0);
            deaf.Start();
            using var plain = StartEdge(own, Path.Combine(folder, "plain"), addresses[0], addresses[0], addresses[2], addresses[3]);
            using var shadowed = StartEdge(own, Path.Combine(folder, "shadowed"), addresses[0], addresses[0], addresses[4], addresses[5]);
            using var unanswered = StartEdge(own, Path.Combine(folder, "unanswered"), addresses[0], $"http://{deaf.LocalEndpoint}", addresses[6], addresses[7]);
            await ProxyingBenchmark.ReadyAsync($"{addresses[0]}/");
            await ProxyingBenchmark.ReadyAsync($"{addresses[1]}/");
            await ProxyingBenchmark.ReadyAsync($"{addresses[3]}/readyz");
            await ProxyingBenchmark.ReadyAsync($"{addresses[5]}/readyz");
            await ProxyingBenchmark.ReadyAsync($"{addresses[7]}/readyz");
            await IntoShadowAsync(addresses[5]);
            await IntoShadowAsync(addresses[7]);
            using var other = System.Diagnostics.Process.GetCurrentProcess();
            other.ProcessorAffinity = 2;
            (string Name, Child Process, LoadClient Load)[] contestants =
            [
                ("YARP", yarp, new(ports[1], Connections, 1)),
                ("the edge", plain, new(ports[2], Connections, 1)),
                ("the edge with shadow", shadowed, new(ports[4], Connections, 1)),
                ("the edge, its new side never answers", unanswered, new(ports[6], Connections, 1)),
            ];
            foreach (var contestant in contestants) await contestant.Load.RunAsync(WarmUp);
            var ratios = contestants.Select(_ => new List<(double Cpu, double Requests)>()).ToArray();
            for (var round = 1; round <= rounds; round++)
            {
                var turns = new List<(double PerSecond, double Cpu)>();
                foreach (var contestant in contestants) turns.Add(await ProxyingBenchmark.MeasureAsync(contestant.Load, contestant.Process));
                for (var i = 0; i < turns.Count; i++) ratios[i].Add((turns[i].Cpu / turns[0].Cpu, turns[i].PerSecond / turns[1].PerSecond));
                Console.WriteLine($"{round,3}  {string.Join("   ", turns.Select(turn => string.Create(CultureInfo.InvariantCulture, $"{turn.PerSecond,6:0} requests/s {turn.Cpu,5:0.0} us")))}");
            }

            for (var i = 1; i < contestants.Length; i++)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{size:N0} bytes, {contestants[i].Name}: {ProxyingBenchmark.Median(ratios[i].Select(r => r.Cpu)):0.00} of the CPU per request of YARP, {ProxyingBenchmark.Median(ratios[i].Select(r => r.Requests)):0.00} of the requests/s of the edge (medians of {rounds} rounds)"));
            }

            using var admin = Admin(addresses[5]);
            var status = await admin.GetStringAsync(new Uri("/admin/v1/capabilities", UriKind.Relative));
            var at = status.IndexOf("\"shadow\"", StringComparison.Ordinal);
            Console.WriteLine(at < 0 ? status : status.Substring(at, Math.Min(300, status.Length - at)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Child StartEdge(string own, string folder, string backend, string @new, string address, string management)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rules.yaml"),
            $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{backend}}"] }
            unit: { session: { cookie: LegacySession } }
            capabilities:
              c0:
                new: { destinations: ["{{@new}}"] }
                operations: [ { match: "GET /c0/products/{sku}", semantics: safe } ]
                shadow: { sample: 100%, max-rate: 100000 }

            """);
        File.WriteAllText(Path.Combine(folder, "token"), Token);
        Environment.SetEnvironmentVariable("STRANGLER_ADMIN_TOKEN_FILE", Path.Combine(folder, "token"));
        var host = own.Replace(Path.Combine("tests", "Strangler.Benchmarks"), Path.Combine("proxy", "Strangler.Host"), StringComparison.Ordinal)
            .Replace("Strangler.Benchmarks.dll", "Strangler.Host.dll", StringComparison.Ordinal);
        return Child.Start(0, host, "--rules", Path.Combine(folder, "rules.yaml"), "--state", Path.Combine(folder, "state"), "--urls", address, "--management", management);
    }

    private static async Task IntoShadowAsync(string management)
    {
        using var admin = Admin(management);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/capabilities/c0:promote") { Content = JsonContent.Create(new { reason = "benchmark" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await admin.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static HttpClient Admin(string management)
    {
        var admin = new HttpClient { BaseAddress = new Uri(management) };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return admin;
    }
}
