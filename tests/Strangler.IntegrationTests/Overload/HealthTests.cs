using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Edge;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Strangler.IntegrationTests.Overload;

/// <summary>Which destinations are asked, and who finds out.</summary>
public sealed class HealthTests
{
    private const string Legacy = "legacy";
    private const string New = "new:catalog";

    [Fact]
    public async Task ActiveCheck_AllDestinationsDown_FallsBackAndComesBack()
    {
        var isWell = false;
        await using var edge = await TestEdge.StartCanaryAsync(@new: context =>
            TestBackend.Text("new", !isWell && context.Request.Path == "/livez" ? StatusCodes.Status503ServiceUnavailable : 200)(context));
        await edge.UseRulesAsync(rules => rules.Replace("new: { destinations", "new: { health: /livez, destinations", StringComparison.Ordinal));

        await ProbeAsync(edge);
        await ProbeAsync(edge);

        HealthOf(edge, New).ShouldBe([DestinationHealth.Unhealthy]);
        using var without = await edge.GetAsync("/api/products/1");
        (await without.TextAsync(), without.Decision("reason")).ShouldBe(("legacy", "fallback"));

        isWell = true;
        await ProbeAsync(edge);
        using var with = await edge.GetAsync("/api/products/1");
        (await with.TextAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task PassiveCheck_OneOfTwoDestinationsDead_IsLeftOut()
    {
        await using var second = await TestBackend.StartAsync(TestBackend.Text("second"));
        await using var edge = await TestEdge.StartCanaryAsync();
        await edge.UseRulesAsync(rules => rules.Replace($"[\"{edge.New.Address}\"]", $"[\"{edge.New.Address}\", \"{second.Address}\"]", StringComparison.Ordinal));
        await second.DieAsync();

        var answers = await AnswersAsync(edge, 60);

        answers.ShouldBe(Enumerable.Repeat("new", 30), "the last thirty must not have tried the dead one");
        HealthOf(edge, New).Order().ShouldBe([DestinationHealth.Unknown, DestinationHealth.Unhealthy]);
    }

    [Fact]
    public async Task PassiveCheck_TheOnlyDestinationDead_IsLeftToTheBreaker()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        await edge.New.DieAsync();

        (await AnswersAsync(edge, 30)).ShouldAllBe(answer => answer == "legacy");

        HealthOf(edge, New).ShouldBe([DestinationHealth.Unknown]);
    }

    [Fact]
    public async Task PassiveCheck_RequestThatFellBack_CountsForLegacysDestination()
    {
        await using var dead = await TestBackend.StartAsync(TestBackend.Text("dead"));
        await using var edge = await TestEdge.StartCanaryAsync(@new: TestBackend.Text("busy", StatusCodes.Status503ServiceUnavailable));
        await edge.UseRulesAsync(rules => rules.Replace($"[\"{edge.Legacy.Address}\"]", $"[\"{edge.Legacy.Address}\", \"{dead.Address}\"]", StringComparison.Ordinal));
        await dead.DieAsync();

        await AnswersAsync(edge, 40);

        HealthOf(edge, Legacy).Order().ShouldBe([DestinationHealth.Unknown, DestinationHealth.Unhealthy]);
        HealthOf(edge, New).ShouldBe([DestinationHealth.Unknown]);
        (await AnswersAsync(edge, 10)).ShouldAllBe(answer => answer == "legacy");
    }

    [Fact]
    public async Task PassiveCheck_ClientsGoAway_DoesNotCount()
    {
        await using var second = await TestBackend.StartAsync(TestBackend.Hang);
        await using var edge = await TestEdge.StartCanaryAsync(@new: TestBackend.Hang);
        await edge.UseRulesAsync(rules => rules.Replace($"[\"{edge.New.Address}\"]", $"[\"{edge.New.Address}\", \"{second.Address}\"]", StringComparison.Ordinal));
        for (var i = 0; i < 20; i++)
        {
            using var gone = new CancellationTokenSource();
            var request = edge.Client.GetAsync(edge.AddressOf("/api/products/1"), gone.Token);
            await Sync.Eventually.TrueAsync("it to be at the new side", () => edge.New.Started + second.Started == i + 1);
            await gone.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => request);
        }

        HealthOf(edge, New).ShouldAllBe(health => health != DestinationHealth.Unhealthy);
    }

    private static Task ProbeAsync(TestEdge edge) => edge.Part<IActiveHealthCheckMonitor>().CheckHealthAsync([ClusterOf(edge, New)]);

    private static List<DestinationHealth> HealthOf(TestEdge edge, string cluster) =>
        [.. ClusterOf(edge, cluster).Destinations.Values.Select(d => d.Health.Active == DestinationHealth.Unhealthy ? d.Health.Active : d.Health.Passive == DestinationHealth.Healthy ? DestinationHealth.Unknown : d.Health.Passive)];

    private static ClusterState ClusterOf(TestEdge edge, string cluster) => edge.Part<IProxyStateLookup>().TryGetCluster(cluster, out var state) ? state : throw new InvalidOperationException(cluster);

    // The last half of so many answers.
    private static async Task<List<string>> AnswersAsync(TestEdge edge, int count)
    {
        var answers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var response = await edge.GetAsync("/api/products/1");
            answers.Add(await response.TextAsync());
        }

        return answers[(count / 2)..];
    }
}
