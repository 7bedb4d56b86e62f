using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class StatusVerbTests
{
    private const string Picture = """
        plan 12, edge 0.1.0, up 6 min, rules routing-rules/strangler.yaml

        CAPABILITY       SHARE  MATCH RATE           LAG  SIDE     REQUESTS      P95
        catalog           10 %  99.67 % of 1,234   0.1 s  legacy     12,345   8.1 ms
        ◔ read-canary           100 % of last 300         new         1,371   2.0 ms
        recommendations    0 %  - of 0                 -  legacy  9,999,999  1208 ms
        ✖ killed                - of 0                    new             0        -
        ◌ shadow

          catalog  promote 2 min ago by admin: first ten percent
                   3 fell back to legacy, 2 errors on new, 4 different, 1 stale, 2
                   skipped (queue-full)

        Next: strangler promote catalog --share 50
        Next: strangler rollback recommendations --to legacy

        """;

    [Fact]
    public async Task Status_TwoCapabilities_FitsEightyColumns()
    {
        var run = Ready(new CliRun(), Samples.Catalog, Samples.Recommendations);

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldBe(Picture.ReplaceLineEndings("\n"));
        run.Error.ShouldBeEmpty();
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Status_SeveralEdges_SaysWhoHasAppliedThePlan()
    {
        var run = Ready(new CliRun(), Samples.Catalog with { Held = true, Everyone = true, Include = new ListStatus(3, ["staff"]) });
        run.Edge.Store = Samples.Edges;

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldContain("""

            store postgres, plan 12 applied by 2 of 3, oldest plan 9, 37 requests still on
            older ones
            edge b holds on legacy by a local override: catalog
            edge c is at plan 11, said 5.0 s ago, refuses: the rules have 1 error

            """.ReplaceLineEndings("\n"));
        run.Out.ShouldContain("held: nobody more is admitted, everyone, clients without");
        run.Out.ShouldContain("included: 3 units, group");
        run.Out.ShouldEndWith("\nNext: strangler hold catalog --release\n");
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Status_StoreAway_SaysStaleAndShowsTheCapabilities()
    {
        var run = Ready(new CliRun(), Samples.Catalog);
        run.Edge.StoreTrouble = "the control store does not answer";

        (await run.RunAsync("status")).ShouldBe(0);

        run.Out.ShouldContain("\nSTALE: the control store cannot be asked: the control store does not answer\n");
        run.Out.ShouldContain("◔ read-canary");
    }

    [Fact]
    public async Task Status_EdgeIsStale_SaysSinceWhenAndWhatItDoesByItself()
    {
        var run = Ready(new CliRun(), Samples.Catalog);
        run.Edge.Store = Samples.Edges with
        {
            Applied = 0,
            OnOlderPlans = 0,
            Edges = [],
            Health = new EdgeHealth("a", CliRun.Now.AddMinutes(-3), "connection refused", null, ["catalog"]),
        };

        (await run.RunAsync("status", "--exit-code")).ShouldBe(1);

        run.Out.ShouldContain("""

            store postgres
            STALE, the store was last read 3 min ago: the last good plan stays in force;
            connection refused
            this edge holds on legacy by a local override: catalog

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(false, false, true, 0)]
    [InlineData(true, false, true, 0)]
    [InlineData(true, true, true, 1)]
    [InlineData(true, false, false, 1)]
    public async Task Status_ExitCode_FailsWhenSomethingWantsALook(bool asked, bool killed, bool store, int exit)
    {
        var run = Ready(new CliRun(), Samples.Catalog with { Killed = killed });
        if (store) run.Edge.Store = Samples.Edges with { Applied = 1, Edges = [Samples.Edges.Edges[0]] };

        (await run.RunAsync(asked ? ["status", "--exit-code"] : ["status"])).ShouldBe(exit);
    }

    [Fact]
    public async Task Watch_EdgeThatTells_ShowsWhatItSaysAndAsksNothing()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        var run = Ready(new CliRun(), Samples.Catalog);
        run.Edge.Events = string.Concat(new[] { 12, 13, 14 }.Select(plan =>
            $"event: status\ndata: {System.Text.Json.JsonSerializer.Serialize(Samples.State(Samples.Catalog) with { Plan = plan }, AdminJson.Default.CapabilitiesAnswer)}\n\n"));

        var running = run.RunUntilAsync(stop.Token, "status", "--watch", "-o", "json");
        while (!running.IsCompleted && !run.Error.Contains("STALE", StringComparison.Ordinal)) await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        (await running).ShouldBe(0);
        run.Out.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!["plan"]!.GetValue<int>()).ShouldBe([12, 13, 14]);
        run.Edge.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Status_Piped_WritesNoEscapeCode()
    {
        var run = Ready(new CliRun { HasColor = true }, Samples.Catalog, Samples.Recommendations);

        await run.RunAsync("status");

        run.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task Status_TerminalWithNoColor_WritesNoEscapeCode()
    {
        var run = Ready(new CliRun { HasCursor = true, HasColor = false }, Samples.Catalog, Samples.Recommendations);

        await run.RunAsync("status");

        run.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task Status_Terminal_IsColoured()
    {
        var run = Ready(new CliRun { HasCursor = true, HasColor = true }, Samples.Catalog);

        await run.RunAsync("status");

        run.Out.ShouldContain('\e');
    }

    [Fact]
    public async Task Status_ReasonWithEscapeCodes_DoesNotSteerTheTerminal()
    {
        var change = new LastChange(CliRun.Now, "admin", "\e[2J\nall is well", "promote");
        var run = Ready(new CliRun(), Samples.Catalog with { LastChange = change });

        await run.RunAsync("status");

        run.Out.ShouldNotContain('\e');
        run.Out.ShouldContain("by admin: ?[2J all is well");
    }

    [Fact]
    public async Task Status_OneCapability_ShowsOnlyIt()
    {
        var run = Ready(new CliRun(), Samples.Catalog, Samples.Recommendations);

        (await run.RunAsync("status", "catalog")).ShouldBe(0);

        run.Out.ShouldNotContain("recommendations");
    }

    [Fact]
    public async Task Status_UnknownCapability_SaysWhichThereAre()
    {
        var run = Ready(new CliRun(), Samples.Catalog, Samples.Recommendations);

        (await run.RunAsync("status", "katalog")).ShouldBe(1);

        run.Error.ShouldBe("strangler: There is no capability 'katalog'. There are: catalog, recommendations.\n");
    }

    [Fact]
    public async Task Status_Json_IsTheAnswerAndNextSteps()
    {
        var run = Ready(new CliRun(), Samples.Catalog);

        (await run.RunAsync("status", "-o", "json")).ShouldBe(0);

        var document = JsonNode.Parse(run.Out)!.AsObject();
        document.Select(member => member.Key).ShouldBe(["plan", "edge", "capabilities", "store", "nextSteps"]);
        document["capabilities"]![0]!["shadow"]!["recentCompared"]!.GetValue<int>().ShouldBe(300);
        document["nextSteps"]![0]!.GetValue<string>().ShouldBe("strangler promote catalog --share 50");
    }

    [Fact]
    public async Task Watch_Json_WritesOneLineEachAndEndsWell()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        var run = Ready(new CliRun(), Samples.Catalog);
        run.Edge.Refuses(HttpStatusCode.InternalServerError, "urn:strangler:x", "restarting");
        Ready(run, Samples.Catalog);
        run.Edge.Answers(async cancellation =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        });

        var running = run.RunUntilAsync(stop.Token, "status", "--watch", "-o", "json");
        while (!running.IsCompleted && run.Edge.Asked.Count < 4)
        {
            run.Time.Elapse();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        (await running).ShouldBe(0);
        run.Out.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!["plan"]!.GetValue<int>()).ShouldBe([12, 12]);
        run.Error.ShouldBe("STALE: restarting\n");
    }

    private static CliRun Ready(CliRun run, params CapabilityStatus[] capabilities)
    {
        run.Edge.Answers(Samples.State(capabilities), AdminJson.Default.CapabilitiesAnswer);
        return run;
    }
}
