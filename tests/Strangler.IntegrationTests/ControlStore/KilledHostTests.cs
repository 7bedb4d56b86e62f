using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Audit;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>The real program, killed with -9 in the middle of changes.</summary>
public sealed class KilledHostTests : IDisposable
{
    private const int Rounds = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("killed-").FullName;
    private readonly int _management = FreePort.Next();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Host_KilledWhileChanging_StartsWithAPlanThatIsWholeAndForgetsNoAnsweredChange()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:9"] }
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:9"] }
                operations: [ { match: "GET /api/products", semantics: safe } ]

            """, Cancel);
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_management}") };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", TestEdge.Token);
        var answered = 1L;
        for (var round = 0; round < Rounds; round++)
        {
            using var host = Start();
            await Eventually.TrueAsync("the edge", async () => await PlanAsync(admin) is not null);
            (await PlanAsync(admin))!.Value.ShouldBeGreaterThanOrEqualTo(answered);

            // Killed while answers still come: nobody knows which step of a change it meets.
            var killed = KillAfterAsync(host, 5 + (7 * round), () => Interlocked.Read(ref answered), Interlocked.Read(ref answered));
            while (await FlipAsync(admin) is { } plan) Interlocked.Exchange(ref answered, plan);
            await killed;
        }

        using var last = Start();
        await Eventually.TrueAsync("the edge", async () => await PlanAsync(admin) is not null);
        var newest = (await PlanAsync(admin))!.Value;
        newest.ShouldBeGreaterThanOrEqualTo(answered);
        await KillAsync(last);
        ShouldBeWhole(newest);
    }

    private void ShouldBeWhole(long newest)
    {
        var lines = File.ReadAllLines(Path.Combine(_folder, "state", "audit.jsonl"));
        var (previous, expected) = (AuditChain.Beginning, 1L);
        foreach (var line in lines)
        {
            if (!line.EndsWith('}'))
            {
                previous = AuditChain.Hash(line);
                continue;
            }

            var entry = JsonNode.Parse(line)!;
            ((string)entry["previous"]!).ShouldBe(previous);
            previous = AuditChain.Hash(line);
            if ((string)entry["verb"]! == "void") expected--;
            else ((long)entry["plan"]!).ShouldBe(expected++);
        }

        expected.ShouldBe(newest + 1);
    }

    private static async Task KillAfterAsync(Process host, int changes, Func<long> answered, long before)
    {
        while (answered() < before + changes) await Task.Yield();
        await KillAsync(host);
    }

    private static async Task KillAsync(Process host)
    {
        host.Kill();
        await host.WaitForExitAsync(Cancel);
    }

    private static async Task<long?> PlanAsync(HttpClient admin)
    {
        try
        {
            return (long)(await admin.GetFromJsonAsync<JsonNode>("/admin/v1/capabilities", Cancel))!["plan"]!;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Up to shadow and down again; the plan that was answered, null when nobody answers any more.
    private static async Task<long?> FlipAsync(HttpClient admin)
    {
        try
        {
            var all = (await admin.GetFromJsonAsync<JsonNode>("/admin/v1/capabilities", Cancel))!;
            var verb = (string)all["capabilities"]![0]!["stage"]! == "legacy" ? "promote" : "rollback";
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/v1/capabilities/catalog:{verb}") { Content = JsonContent.Create(new { reason = "flip" }) };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{all["plan"]}\"");
            using var response = await admin.SendAsync(request, Cancel);
            var text = await response.Content.ReadAsStringAsync(Cancel);
            response.IsSuccessStatusCode.ShouldBeTrue(text);
            return (long)JsonNode.Parse(text)!["plan"]!;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"), "--rules", Path.Combine(_folder, "rules.yaml"), "--state", Path.Combine(_folder, "state"),
            "--urls", "http://127.0.0.1:0", "--management", $"http://127.0.0.1:{_management}",
        ]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["STRANGLER_ADMIN_TOKEN"] = TestEdge.Token;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }
}
