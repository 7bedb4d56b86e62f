using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class BreakerStatusTests
{
    private const string Picture = """
        plan 12, edge 0.1.0, up 6 min, rules routing-rules/strangler.yaml

        CAPABILITY     SHARE  MATCH RATE           LAG  SIDE    REQUESTS     P95
        catalog         10 %  99.67 % of 1,234   0.1 s  legacy    12,345  8.1 ms
        ◔ read-canary         100 % of last 300         new        1,371  2.0 ms

          catalog  promote 2 min ago by admin: first ten percent
                   breaker of new open for 12 s: 37 of 40 requests failed in 10 s (93 %,
                   limit 50 %), legacy 1 of 35; next try in 3 s
                   3 fell back to legacy, 2 errors on new, 4 different, 1 stale, 2
                   skipped (queue-full)

        Next: strangler status catalog --watch

        """;

    private const string Open = "breaker of new open for 12 s: 37 of 40 requests failed in 10 s (93 %, limit 50 %), legacy 1 of 35; next try in 3 s";

    [Fact]
    public async Task Status_OpenBreaker_IsOneSentenceWithNumbersInEightyColumns()
    {
        var run = Ready(With(new BreakerStatus("open", Open, 12, 0, 1)));

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldBe(Picture.ReplaceLineEndings("\n"));
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Status_OpenBreaker_WantsALook()
    {
        var run = Ready(With(new BreakerStatus("open", Open, 12, 0, 1)));
        run.Edge.Store = Samples.Edges with { Applied = 1, Edges = [Samples.Edges.Edges[0]] };

        (await run.RunAsync("status", "--exit-code")).ShouldBe(1);
    }

    [Fact]
    public async Task Status_CoolDown_SaysHowLongAndWhy()
    {
        var run = Ready(Samples.Catalog with { Stage = "shadow", CoolDown = new CoolDownStatus(CliRun.Now.AddMinutes(23), "the breaker of new has opened 3 times in 10 min on edge b") });

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldContain("lowered by its breaker, not raised for another 23 min: the breaker");
        run.Out.ShouldEndWith("Next: strangler audit --capability catalog\n");
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Status_BreakerOfAnotherEdge_IsNamedWithIt()
    {
        var run = Ready(Samples.Catalog);
        var edge = new EdgeReport("b", 12, 12, 0, null, [], 1) { Breakers = [new EdgeBreaker("catalog", "new", "open", 0, 12, 1, Open)] };
        run.Edge.Store = Samples.Edges with { Edges = [edge] };

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldContain("\nedge b, catalog: breaker of new open for 12 s: 37 of 40 requests failed in 10 s\n");
    }

    [Theory]
    [InlineData("isolate", "catalog", ":isolate", """{"reason":"x","side":null}""")]
    [InlineData("isolate", "catalog --side legacy", ":isolate", """{"reason":"x","side":"legacy"}""")]
    [InlineData("reset", "catalog --side new", ":reset", """{"reason":"x","side":"new"}""")]
    public async Task Breaker_ByHand_AsksItsRoute(string verb, string line, string route, string body)
    {
        var run = Ready(Samples.Catalog);
        run.Edge.Answers(Samples.Change(13, "breaker of new: isolated"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync(["breaker", verb, .. line.Split(' '), "--reason", "x", "--yes"])).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe($"POST /admin/v1/capabilities/catalog{route} \"12\" {body}");
        run.Out.ShouldStartWith($"strangler breaker {verb} catalog: done, plan 13 is in force.\n");
    }

    [Fact]
    public async Task Breaker_UnknownSide_IsAUsageError()
    {
        var run = new CliRun();

        (await run.RunAsync("breaker", "reset", "catalog", "--side", "both", "--reason", "x")).ShouldBe(2);

        run.Error.ShouldContain("There is no side 'both'. Sides are: new, legacy.");
    }

    private static CapabilityStatus With(BreakerStatus breaker) =>
        Samples.Catalog with { Sides = Samples.Catalog.Sides with { New = Samples.Catalog.Sides.New with { Breaker = breaker } } };

    private static CliRun Ready(CapabilityStatus capability)
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.State(capability), AdminJson.Default.CapabilitiesAnswer);
        return run;
    }
}
