using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>Legacy is asked a second time for a share of the exchanges, in random order with the new side, and never more than that.</summary>
public sealed class ControlTests
{
    private const string Body = """{"id":1}""";
    private const int Seed = 20261121;

    [Fact]
    public async Task Get_ControlOfHalf_AsksLegacyAgainInTheDrawnOrder()
    {
        const int Requests = 40;
        var order = new ConcurrentQueue<string>();
        RequestDelegate Noted(string side) => context =>
        {
            if (side == "new" || IsControl(context)) order.Enqueue(side);
            return Backend.Json(Body)(context);
        };
        await using var edge = await ShadowedEdge.StartAsync(
            Noted("legacy"), Noted("new"), sample: "100%, control: 50%", services: services => services.AddSingleton(new ControlDraw(new Random(Seed))));
        var draw = new ControlDraw(new Random(Seed));
        var expected = new List<string>();

        for (var i = 1; i <= Requests; i++)
        {
            (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();
            await edge.AllEndedAsync(i);
            expected.AddRange(draw.Next(0.5) switch
            {
                ControlTurn.None => ["new"],
                ControlTurn.LegacyFirst => ["legacy", "new"],
                _ => ["new", "legacy"],
            });
        }

        order.ShouldBe(expected);
        edge.Evidence.Equal.ShouldBe(Requests);
        edge.Legacy.Seen.Count.ShouldBe(Requests + expected.Count(side => side == "legacy"));
        edge.Legacy.Seen.ShouldAllBe(request => !request.Headers.ContainsKey("Strangler-Shadow"));
    }

    [Fact]
    public async Task Get_LegacyHangsWhenAskedAgain_ExchangesEndWithoutControlAndNoMoreThanTheLimitIsAsked()
    {
        const int Requests = 20;
        var (now, most) = (0, 0);
        await using var edge = await ShadowedEdge.StartAsync(
            async context =>
            {
                if (!IsControl(context))
                {
                    await Backend.Json(Body)(context);
                    return;
                }

                most = Math.Max(most, Interlocked.Increment(ref now));
                var gone = new TaskCompletionSource();
                context.RequestAborted.Register(() =>
                {
                    Interlocked.Decrement(ref now);
                    gone.SetResult();
                });
                await gone.Task;
            },
            Backend.Json(Body),
            new ShadowOptions { Timeout = TimeSpan.FromMilliseconds(300), ControlConcurrency = 1 },
            sample: "100%, control: 100%");

        for (var i = 0; i < Requests; i++) (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();

        await edge.AllEndedAsync(Requests);
        edge.Evidence.Equal.ShouldBe(Requests);
        most.ShouldBe(1);
        await ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => "all memory to be given back");
    }

    private static bool IsControl(HttpContext context) => context.Request.Headers.UserAgent.ToString().EndsWith(SideClient.ControlAgent, StringComparison.Ordinal);
}
