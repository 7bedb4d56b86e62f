using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class ExplainVerbTests
{
    private static readonly ExplainAnswer Answer = new(
        "legacy",
        "share",
        "legacy answers: the unit has bucket 63.2 %, which is not below the share of 10 %.",
        12,
        "catalog",
        "GET /api/products/{sku}",
        "read-canary",
        10,
        63.2,
        "http://127.0.0.1:5100/api/products/X",
        "capability catalog, operation 2 of 4, safe",
        "new when the share is above 63.2 %, or the unit is included");

    [Fact]
    public async Task Explain_Unit_SaysTheSentenceFirstThenTheFacts()
    {
        var run = new CliRun();
        run.Edge.Answers(Answer, AdminJson.Default.ExplainAnswer);

        (await run.RunAsync("explain", "get", "/api/products/X?a=1&b=2", "--unit", "müller & co", "--group", "staff", "--group", "b")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe(
            "GET /admin/v1/explain?method=GET&path=%2Fapi%2Fproducts%2FX%3Fa%3D1%26b%3D2&unit=m%C3%BCller%20%26%20co&group=staff%2Cb");
        run.Out.ShouldBe("""
            legacy answers: the unit has bucket 63.2 %, which is not below the share of 10
            %.

              side        legacy
              reason      share
              capability  catalog
              rule        capability catalog, operation 2 of 4, safe
              operation   GET /api/products/{sku}
              stage       read-canary
              bucket      63.2 % (new side when below the share)
              share       10 %
              otherwise   new when the share is above 63.2 %, or the unit is included
              target      http://127.0.0.1:5100/api/products/X
              plan        12

            Next: strangler status catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Explain_NoCapability_LeavesOutWhatIsNotThere()
    {
        var run = new CliRun();
        run.Edge.Answers(new ExplainAnswer("legacy", "no-operation", "No operation matches.", 12), AdminJson.Default.ExplainAnswer);

        (await run.RunAsync("explain", "GET", "/")).ShouldBe(0);

        run.Out.ShouldBe("No operation matches.\n\n  side    legacy\n  reason  no-operation\n  plan    12\n");
    }

    [Fact]
    public async Task Explain_Json_IsTheAnswerAndNextSteps()
    {
        var run = new CliRun();
        run.Edge.Answers(Answer, AdminJson.Default.ExplainAnswer);

        await run.RunAsync("explain", "GET", "/api/products/X", "-o", "json");

        var document = JsonNode.Parse(run.Out)!;
        document["bucketPercent"]!.GetValue<double>().ShouldBe(63.2);
        document["nextSteps"]![0]!.GetValue<string>().ShouldBe("strangler status catalog");
    }
}
