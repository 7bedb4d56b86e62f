using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Demo.Clusters;
using Strangler.Proxy;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Plans.Postgres;

namespace Strangler.Benchmarks.Flips;

/// <summary>
/// How long a flip takes to be in force on three edges, from the call to the swap, over a real PostgreSQL store on loopback; with and without
/// the question to FeatureManagement, which every edge asks before it swaps.
/// </summary>
internal static class FlipLatency
{
    private const int Edges = 3;
    private const string Role = "strangler_edge";

    private static readonly string[] Names = ["a", "b", "c"];

    public static async Task RunAsync(int flips, bool unguarded)
    {
        await using var cluster = await PrivateCluster.CreateTemporaryAsync();
        await cluster.CreateRoleAsync(Role);
        await cluster.CreateDatabaseAsync("control", "control");
        await ControlSchema.InstallAsync(cluster.ConnectionString("control", "control"), Role);
        var folder = Directory.CreateTempSubdirectory("flips-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yaml"), """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:9"] }
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:9"] }
                operations: [ { match: "GET /api/products", semantics: safe } ]

            """);
        var edges = new List<WebApplication>();
        foreach (var name in Names) edges.Add(await StartAsync(name, folder, cluster.ConnectionString("control", Role)));
        var controls = edges.Select(edge => edge.Services.GetRequiredService<ControlPlane>()).ToArray();
        if (unguarded) foreach (var control in controls) control.Guard = (_, _) => null;
        var times = new List<double>();
        await MoveAsync(controls[0], new Move(Verb.Promote));
        await MoveAsync(controls[0], new Move(Verb.Promote) { Share = 50 });
        for (var flip = 0; flip < flips; flip++) times.Add(await FlipAsync(controls, flip));
        foreach (var edge in edges) await edge.DisposeAsync();
        Directory.Delete(folder, recursive: true);

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"flip in force on {Edges} edges, {flips} flips{(unguarded ? ", FeatureManagement not asked" : "")}: median {times[flips / 2]:0.0} ms, p95 {times[flips * 95 / 100]:0.0} ms, max {times[^1]:0.0} ms"));
    }

    private static async Task<double> FlipAsync(ControlPlane[] controls, int flip)
    {
        var wanted = controls.Max(control => control.Plans.Current.Number) + 1;
        using var seen = new CountdownEvent(Edges);
        EventHandler<PlanChangedEventArgs> arrived = (_, change) =>
        {
            if (change.Current.Number == wanted) seen.Signal();
        };
        foreach (var control in controls) control.PlanChanged += arrived;
        var started = Stopwatch.GetTimestamp();
        var call = MoveAsync(controls[flip % Edges], flip % 2 == 0 ? new Move(Verb.Shrink) { Share = 5 } : new Move(Verb.Promote) { Share = 50 });
        await Task.Run(() => seen.Wait(TimeSpan.FromSeconds(30)));
        var took = Stopwatch.GetElapsedTime(started);
        await call;
        foreach (var control in controls) control.PlanChanged -= arrived;
        return took.TotalMilliseconds;
    }

    private static async Task MoveAsync(ControlPlane control, Move move)
    {
        var result = await control.MoveAsync([new CapabilityMove("catalog", move)], new ChangeRequest("bench", "a flip", null, DryRun: false), CancellationToken.None);
        if (result.Outcome != ChangeOutcome.Done) throw new InvalidOperationException(result.Message);
    }

    private static async Task<WebApplication> StartAsync(string name, string folder, string store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = Path.Combine(folder, "rules.yaml"),
            State = Path.Combine(folder, name),
            Management = "http://127.0.0.1:0",
            Edge = name,
            ControlStore = store,
        });
        var app = builder.Build();
        app.MapStrangler();
        await app.StartAsync();
        return app;
    }
}
