using System.Xml.Linq;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class GateVerbTests
{
    private static readonly GateAnswer Open = new(
        12, "catalog", "shadow", "pass", [], ["210 more differ in nothing but noise; strangler diffs shows them too"],
        new GateDemands(0.001, 0.95, 0, 0.05, NoNewGroups: false, 1.25), 5000, 210, 10.2, 11.8, 0.2);

    private static readonly GateAnswer Closed = Open with
    {
        Verdict = "roll-back",
        Missing = ["mismatch 3.2 % (32 of 1,000 exchanges of the last hour differ), limit 0.1 %; strangler diffs shows them", "and <more>"],
        Remarks = [],
    };

    [Fact]
    public async Task Gate_Passes_SaysTheNumbersAndTheNextStep()
    {
        var run = new CliRun();
        run.Edge.Answers(Open, AdminJson.Default.GateAnswer);

        (await run.RunAsync("gate", "catalog")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /admin/v1/capabilities/catalog/gate");
        run.Out.ShouldBe("""
            catalog: pass

              stage    shadow
              demands  mismatch at most 0.1 % at 95 % confidence, undetermined at most 5 %,
                       p95 at most 1.25 times legacy's
              seen     5,000 compared in the last hour, 210 different
              p95      legacy 10.2 ms, new 11.8 ms
              lag      0.2 s
              note 210 more differ in nothing but noise; strangler diffs shows them too

            Next: strangler promote catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Gate_Closed_ExitsWithFiveAndSaysWhy()
    {
        var run = new CliRun();
        run.Edge.Answers(Closed, AdminJson.Default.GateAnswer);

        (await run.RunAsync("gate", "catalog", "--max-mismatch", "0.1%", "--min-compared", "100", "--no-new-groups", "--max-p95-ratio", "1.2")).ShouldBe(5);

        run.Edge.Asked.Single().ShouldBe("GET /admin/v1/capabilities/catalog/gate?maxMismatch=0.001&minCompared=100&noNewGroups=true&maxP95Ratio=1.2");
        run.Out.ShouldStartWith("""
            catalog: roll back
              - mismatch 3.2 % (32 of 1,000 exchanges of the last hour differ), limit 0.1 %;
                strangler diffs shows them
              - and <more>
            """.ReplaceLineEndings("\n"));
        run.Out.ShouldEndWith("Next: strangler diffs catalog\n");
    }

    [Fact]
    public async Task Gate_AsJunit_IsOneFailedTestCase()
    {
        var run = new CliRun();
        run.Edge.Answers(Closed, AdminJson.Default.GateAnswer);

        (await run.RunAsync("gate", "catalog", "--as", "junit")).ShouldBe(5);

        var suite = XDocument.Parse(run.Out).Root!.Element("testsuite")!;
        suite.Attribute("failures")!.Value.ShouldBe("1");
        suite.Element("testcase")!.Element("failure")!.Value.ShouldBe(string.Join('\n', Closed.Missing));
    }

    [Fact]
    public async Task Gate_AsMarkdown_FitsAMergeRequest()
    {
        var run = new CliRun();
        run.Edge.Answers(Open, AdminJson.Default.GateAnswer);

        (await run.RunAsync("gate", "catalog", "--as", "md")).ShouldBe(0);

        run.Out.ShouldBe("""
            ### Gate of `catalog`: pass

            5,000 exchanges compared in the last hour, 210 different; demanded: mismatch at most 0.1 % at 95 % confidence, undetermined at most 5 %, p95 at most 1.25 times legacy's.

            > 210 more differ in nothing but noise; strangler diffs shows them too

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--max-mismatch", "0.1")]
    [InlineData("--max-mismatch", "0%")]
    [InlineData("--confidence", "100%")]
    [InlineData("--min-compared", "1.5")]
    [InlineData("--max-p95-ratio", "-1")]
    [InlineData("--as", "pdf")]
    public async Task Gate_WrongDemand_IsAUsageError(string option, string value) => (await new CliRun().RunAsync("gate", "catalog", option, value)).ShouldBe(2);
}
