using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>What becomes of an exchange: equal, different, stale or undetermined.</summary>
public sealed class OutcomeTests
{
    private const string Right = """{"id":1,"price":19.90,"name":"lamp"}""";
    private const string Wrong = """{"id":1,"price":19.89,"name":"lamp"}""";

    private static readonly ShadowOptions Quick = new()
    {
        FirstLookWait = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task Get_WrongValue_IsFoundAtItsFieldAfterASecondLook()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Right), Backend.Json(Wrong));

        await GetAsync(edge);

        await edge.AllEndedAsync(1);
        edge.Evidence.Different.ShouldBe(1);
        edge.Evidence.MatchRate.ShouldBe(0);
        var group = edge.Groups.ShouldHaveSingleItem();
        (group.Kind, group.Path, group.Operation, group.Count).ShouldBe(("number", "$.price", "GET /things/{id}", 1));
        (group.Sample.Legacy, group.Sample.New, group.Sample.LegacyStatus, group.Sample.NewStatus).ShouldBe(("19.90", "19.89", 200, 200));
        group.Sample.Path.ShouldStartWith("/things/{id} #");

        // One copy and one second look on the new side; the client's request and one second look on legacy.
        edge.New.Seen.Count(request => !request.IsSecondLook).ShouldBe(1);
        edge.New.Seen.Count(request => request.IsSecondLook).ShouldBe(1);
        edge.Legacy.Seen.Count(request => request.IsSecondLook).ShouldBe(1);
        edge.Legacy.Seen.ShouldAllBe(request => !request.Headers.ContainsKey("Strangler-Shadow"));
    }

    [Fact]
    public async Task Get_BugThatComesAndGoes_IsDifferentAndNotStale()
    {
        await using var adapters = await FakeAdapters.StartAsync();
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Right), Backend.Json(Right), Quick, adapters.Address);
        adapters.Follow();
        edge.New.Answer = context => Backend.Json(edge.New.Seen.Count == 1 ? Wrong : Right)(context);

        await GetAsync(edge);

        await edge.AllEndedAsync(1);
        (edge.Evidence.Different, edge.Evidence.Stale, edge.Evidence.Undetermined).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Get_NewSideBehind_IsStaleOnceItHasCaughtUp()
    {
        await using var adapters = await FakeAdapters.StartAsync();
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Right), Backend.Json(Wrong), Quick, adapters.Address);
        adapters.StandStill();

        await GetAsync(edge);
        await ShadowedEdge.UntilAsync(() => edge.New.Seen.Count == 1, () => "the copy to be sent although the adapters lag");
        await adapters.LookedAtTwiceAsync();
        edge.New.Answer = Backend.Json(Right);
        adapters.Follow();

        await edge.AllEndedAsync(1);
        (edge.Evidence.Stale, edge.Evidence.Different, edge.Evidence.Undetermined).ShouldBe((1, 0, 0));
        edge.Evidence.MatchRate.ShouldBeNull();
        var group = edge.Groups.ShouldHaveSingleItem();
        (group.Count, group.Stale).ShouldBe((0, 1));
        edge.Legacy.Seen.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Get_NewSideBehindAndStillWrongAfterwards_IsDifferent()
    {
        await using var adapters = await FakeAdapters.StartAsync();
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Right), Backend.Json(Wrong), Quick, adapters.Address);
        adapters.StandStill();

        await GetAsync(edge);
        await ShadowedEdge.UntilAsync(() => edge.New.Seen.Count == 1, () => "the copy to be sent although the adapters lag");
        adapters.Follow();

        await edge.AllEndedAsync(1);
        edge.Evidence.Different.ShouldBe(1);
    }

    [Fact]
    public async Task Get_AdaptersAway_IsUndetermined()
    {
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Right),
            Backend.Json(Wrong),
            Quick with { SecondLookWait = TimeSpan.FromMilliseconds(400) },
            adapters: "http://127.0.0.1:1");

        await GetAsync(edge);

        await edge.AllEndedAsync(1);
        edge.Evidence.Undetermined.ShouldBe(1);
        edge.Groups.ShouldHaveSingleItem().Undetermined.ShouldBe(1);
    }

    [Fact]
    public async Task Get_LegacyAnswersOtherwiseByNow_IsUndetermined()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Right), Backend.Json(Wrong));
        edge.Legacy.Answer = context => Backend.Json(edge.Legacy.Seen.Count == 1 ? Right : Wrong)(context);

        await GetAsync(edge);

        await edge.AllEndedAsync(1);
        edge.Evidence.Undetermined.ShouldBe(1);
    }

    private static async Task GetAsync(ShadowedEdge edge)
    {
        using var response = await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
