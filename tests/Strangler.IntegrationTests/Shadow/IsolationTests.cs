using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>A new side that is dead, slow, wrong or behind costs its own capability copies, and no other one anything.</summary>
public sealed class IsolationTests
{
    private const string Body = """{"id":1}""";
    private const int Requests = 30;

    [Fact]
    public async Task Get_OneNewSideHangs_TheOthersCopiesGoOn()
    {
        await using var other = await Backend.StartAsync(Backend.Json(Body));
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Body),
            Backend.Hang,
            new ShadowOptions { Timeout = TimeSpan.FromMinutes(1), Concurrency = 2, QueueLimit = 20 },
            more: Other(other));

        await GetAllAsync(edge, "/things/1");
        await ShadowedEdge.UntilAsync(() => edge.New.Seen.Count == 2 && edge.Evidence.Skipped.GetValueOrDefault("queue-full") > 0, () => "the first one to be full");
        for (var i = 1; i <= Requests; i++)
        {
            (await edge.Client.GetAsync("/others/1", TestContext.Current.CancellationToken)).Dispose();
            await edge.AllEndedAsync(i, "other");
        }

        edge.EvidenceOf("other").Equal.ShouldBe(Requests);
        edge.Evidence.Compared.ShouldBe(0);
        edge.Waiting.ShouldBe(10);
    }

    [Fact]
    public async Task Get_OneCapabilitysAdaptersStandStill_TheOthersCopiesGoOn()
    {
        await using var adapters = await FakeAdapters.StartAsync();
        await using var other = await Backend.StartAsync(Backend.Json(Body));
        adapters.StandStill();
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Body),
            Backend.Json(Body),
            new ShadowOptions { FirstLookWait = TimeSpan.FromMinutes(10) },
            adapters.Address,
            more: Other(other));

        (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();
        (await edge.Client.GetAsync("/others/1", TestContext.Current.CancellationToken)).Dispose();
        await edge.AllEndedAsync(1, "other");

        edge.EvidenceOf("other").Equal.ShouldBe(1);
        (edge.Evidence.Compared, edge.New.Seen.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Get_NewSideAnswersWithErrors_CopiesPauseWhenTheBudgetIsSpent()
    {
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Body), Backend.Json(Body, StatusCodes.Status500InternalServerError), new ShadowOptions { ErrorWindow = 10 });

        for (var i = 1; i <= Requests; i++)
        {
            (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();
            await edge.AllEndedAsync(i);
        }

        edge.New.Seen.Count(request => !request.IsSecondLook).ShouldBe(10);
        (edge.Evidence.Different, edge.Evidence.Skipped["budget-spent"]).ShouldBe((10, Requests - 10));
    }

    [Fact]
    public async Task Get_NewSideComesBack_IsFoundByOneProbe()
    {
        var answers = false;
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Body),
            context =>
            {
                if (answers) return Backend.Json(Body)(context);
                context.Abort();
                return Task.CompletedTask;
            },
            new ShadowOptions { BreakerFailures = 3, BreakerPause = TimeSpan.FromMilliseconds(200) });
        var sent = 0;
        await ShadowedEdge.UntilAsync(() => SendAndReadAsync().Result.Skipped.GetValueOrDefault("breaker-open") > 0, () => "the breaker to open");
        var different = edge.Evidence.Different;

        answers = true;

        await ShadowedEdge.UntilAsync(() => SendAndReadAsync().Result.Equal > 5, () => "the breaker to close");
        different.ShouldBeGreaterThanOrEqualTo(3);

        async Task<Strangler.Core.Admin.ShadowStatus> SendAndReadAsync()
        {
            (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();
            await edge.AllEndedAsync(++sent);
            return edge.Evidence;
        }
    }

    [Fact]
    public async Task Get_MoreThanTheRate_IsSkippedAndCounted()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Json(Body), sample: "100%, max-rate: 1");

        await GetAllAsync(edge, "/things/1");

        await edge.AllEndedAsync(Requests);
        (edge.Evidence.Equal + edge.Evidence.Skipped["rate-limited"]).ShouldBe(Requests);
        edge.New.Seen.Count.ShouldBe((int)edge.Evidence.Equal);
    }

    [Fact]
    public async Task Get_RareOperation_IsCopiedWhateverTheSample()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Json(Body), sample: "0.001%, floor: 3");

        await GetAllAsync(edge, "/things/1");

        await edge.AllEndedAsync(Requests);

        // Six if the hour turns meanwhile.
        edge.Evidence.Equal.ShouldBeOneOf(3, 6);
        edge.Evidence.Skipped["sampled-out"].ShouldBe(Requests - edge.Evidence.Equal);
    }

    private static string Other(Backend backend) => $$"""
          other:
            team: test
            new: { destinations: ["{{backend.Address}}"] }
            operations: [ { match: "GET /others/{id}", semantics: safe } ]
            shadow: { sample: 100% }
        """;

    private static async Task GetAllAsync(ShadowedEdge edge, string path)
    {
        for (var i = 0; i < Requests; i++) (await edge.Client.GetAsync(path, TestContext.Current.CancellationToken)).Dispose();
    }
}
