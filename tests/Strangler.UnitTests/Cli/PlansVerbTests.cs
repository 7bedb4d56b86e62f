using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class PlansVerbTests
{
    [Fact]
    public async Task Plans_List_FitsEightyColumns()
    {
        var run = new CliRun();
        run.Edge.Answers(
            new PlansAnswer(12,
            [
                new PlanSummary(12, CliRun.Now.AddMinutes(-6), "mia", "promote", ["cart", "checkout"], "x", ["cart: stage legacy -> shadow", "checkout: stage legacy -> shadow"]),
                new PlanSummary(11, CliRun.Now.AddHours(-6), "bootstrap", "kill", ["catalog"], "x", ["killed: everything to legacy, no copies"]),
                new PlanSummary(10, CliRun.Now.AddDays(-6), "edge", "apply", [], "x", ["rules read from routing-rules"]),
            ]),
            AdminJson.Default.PlansAnswer);

        (await run.RunAsync("plans", "--limit", "3")).ShouldBe(0);

        run.Out.ShouldBe("""
            PLAN  WHEN       ACTOR      VERB     WHAT
              12  6 min ago  mia        promote  cart: stage legacy -> shadow; checkout:
                                                 stage legacy -> shadow
              11  6 h ago    bootstrap  kill     catalog: killed: everything to legacy, no
                                                 copies
              10  6 d ago    edge       apply    rules read from routing-rules

            Next: strangler plans 12

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Plans_OneNumber_ShowsWhereTheCapabilitiesStood()
    {
        var run = new CliRun();
        run.Edge.Answers(
            new PlanAnswer(12, new string('c', 64), true, [new PlanFile("routing-rules/strangler.yaml", "apiVersion: strangler/v1")],
            [
                new PlanCapability("cart", "shadow", 0, false, false, false, ListStatus.Nobody, ListStatus.Nobody),
                new PlanCapability("catalog", "read-canary", 100, true, true, true, new ListStatus(1, ["staff"]), new ListStatus(2, [])),
            ]),
            AdminJson.Default.PlanAnswer);

        (await run.RunAsync("plans", "12")).ShouldBe(0);

        run.Out.ShouldBe("""
            plan 12, in force, checksum cccccccccccc, rules routing-rules/strangler.yaml

            CAPABILITY  STAGE        SHARE  NOTES
            cart        shadow         0 %
            catalog     read-canary  100 %  killed, held, everyone, included: 1 unit,
                                            group staff, excluded: 2 units

            Next: strangler plans

            """.ReplaceLineEndings("\n"));
    }
}
