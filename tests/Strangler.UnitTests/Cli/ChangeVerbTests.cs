using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class ChangeVerbTests
{
    private const string Promote = "POST /admin/v1/capabilities/catalog:promote";

    [Fact]
    public async Task Promote_WithYes_NamesThePlanThatWasLookedAt()
    {
        var run = Looked(new CliRun());
        run.Edge.Answers(Samples.Change(13, "share 10 % -> 50 %"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("promote", "catalog", "--share", "50%", "--yes", "--reason", "fine")).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe($$"""{{Promote}} "12" {"reason":"fine","stage":null,"share":50,"everyone":false}""");
        run.Out.ShouldBe(
            "strangler promote catalog: done, plan 13 is in force.\n  share 10 % -> 50 %\n\nNext: strangler status catalog --watch\n");
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10", "10")]
    [InlineData("10%", "10")]
    [InlineData("2.5 %", "2.5")]
    [InlineData("100", "100")]
    [InlineData("0.01", "0.01")]
    public async Task Promote_Share_IsReadWithOrWithoutPercent(string text, string sent)
    {
        var run = Looked(new CliRun());
        run.Edge.Answers(Samples.Change(13), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("promote", "catalog", "--share", text, "--yes", "--reason", "fine")).ShouldBe(0);

        run.Edge.Asked[1].ShouldEndWith($"\"share\":{sent},\"everyone\":false}}");
    }

    [Theory]
    [InlineData("stage shadow -> legacy", 4)]
    [InlineData(null, 0)]
    public async Task DryRun_Always_OnlyPreviewsAndSaysWhetherThereAreChanges(string? change, int exit)
    {
        var run = Looked(new CliRun());
        run.Edge.Answers(Samples.Change(12, change is null ? [] : [change]), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("rollback", "catalog", "--dry-run")).ShouldBe(exit);

        run.Edge.Asked.Count.ShouldBe(2);
        run.Edge.Asked[1].ShouldStartWith("POST /admin/v1/capabilities/catalog:rollback?dryRun=true \"12\"");
        run.Out.ShouldBe($"strangler rollback catalog would change (plan 12 is in force):\n  {change ?? "nothing"}\n");
    }

    [Fact]
    public async Task Promote_OnTerminal_ShowsTheChangeAsksAndAsksForTheReason()
    {
        var run = Looked(new CliRun { Typed = "y\nbecause\n" });
        run.Edge.Answers(Samples.Change(12, "stage legacy -> shadow"), AdminJson.Default.ChangeAnswer);
        run.Edge.Answers(Samples.Change(13, "stage legacy -> shadow"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("promote", "catalog")).ShouldBe(0);

        run.Error.ShouldBe(
            "strangler promote catalog will change (plan 12 is in force):\n  stage legacy -> shadow\nGo on? [y/N] Reason: ");
        run.Edge.Asked[2].ShouldBe($$"""{{Promote}} "12" {"reason":"because","stage":null,"share":null,"everyone":false}""");
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("y\n\n")]
    public async Task Promote_OnTerminalDeclined_ChangesNothing(string typed)
    {
        var run = Looked(new CliRun { Typed = typed });
        run.Edge.Answers(Samples.Change(12, "stage legacy -> shadow"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("promote", "catalog")).ShouldBe(1);

        run.Edge.Asked.Count.ShouldBe(2);
        run.Error.ShouldContain("Nothing was changed");
    }

    [Theory]
    [InlineData("promote catalog", "add --reason TEXT and --yes, or --dry-run")]
    [InlineData("promote catalog --reason x", "add --yes, or --dry-run")]
    [InlineData("rollback catalog --yes", "add --reason TEXT, or --dry-run")]
    [InlineData("apply --reason x", "add --yes, or --dry-run")]
    [InlineData("kill catalog", "add --reason TEXT, or --dry-run")]
    public async Task Change_WithoutTerminal_SaysWhatToAdd(string line, string sentence)
    {
        var run = new CliRun();

        (await run.RunAsync(line.Split(' '))).ShouldBe(2);

        run.Error.ShouldContain(sentence);
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_EmptyReason_IsRefused()
    {
        var run = new CliRun();

        (await run.RunAsync("kill", "catalog", "--reason", " ")).ShouldBe(2);

        run.Edge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_Always_ActsAtOnceUnderAnyPlan()
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.Change(13, "killed") with { InFlight = 3 }, AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("kill", "catalog", "--reason", "prices are wrong")).ShouldBe(0);

        run.Edge.Asked.ShouldBe(["""POST /admin/v1/capabilities/catalog:kill * {"reason":"prices are wrong"}"""]);
        run.Error.ShouldBe("3 requests decided before are still on the new side.\n");
    }

    [Fact]
    public async Task Change_ForeignPlan_IsStale()
    {
        var run = new CliRun();
        run.Edge.Refuses(HttpStatusCode.PreconditionFailed, ProblemTypes.Stale, "Plan 12 is in force, not 11.");

        (await run.RunAsync("rollback", "catalog", "--plan", "11", "--yes", "--reason", "x")).ShouldBe(6);

        run.Edge.Asked.Single().ShouldContain("\"11\"");
        run.Error.ShouldStartWith("strangler: Plan 12 is in force, not 11. Nothing was changed.");
    }

    [Fact]
    public async Task Promote_GateRefuses_SaysWhyWithItsOwnCode()
    {
        var run = Looked(new CliRun());
        run.Edge.Refuses(
            HttpStatusCode.UnprocessableEntity,
            ProblemTypes.Refused,
            "new-primary is refused.",
            new AdminError("Data of catalog cannot move yet."));

        (await run.RunAsync("promote", "catalog", "--to", "new-primary", "--yes", "--reason", "x")).ShouldBe(5);

        run.Error.ShouldBe("  Data of catalog cannot move yet.\nstrangler: new-primary is refused.\n");
    }

    [Fact]
    public async Task Promote_RefusalThatNamesWhatIsMissing_SaysItOnce()
    {
        var run = Looked(new CliRun());
        run.Edge.Refuses(
            HttpStatusCode.UnprocessableEntity, ProblemTypes.Refused, "'catalog' cannot go to read-canary: mismatch 2 %", new AdminError("mismatch 2 %", "missing"));

        (await run.RunAsync("promote", "catalog", "--yes", "--reason", "x")).ShouldBe(5);

        run.Error.ShouldBe("strangler: 'catalog' cannot go to read-canary: mismatch 2 %\n");
    }

    [Fact]
    public async Task Apply_InvalidRules_PrintsPlacesAsEditorsReadThem()
    {
        var run = Looked(new CliRun());
        run.Edge.Refuses(
            HttpStatusCode.UnprocessableEntity,
            ProblemTypes.RulesInvalid,
            "The rules have 1 error; plan 12 stays in force.",
            new AdminError("Unknown key 'tem'.", "unknown-key", "rules.yaml", 14, 12, "Did you mean 'team'?"));

        (await run.RunAsync("apply", "--yes", "--reason", "x")).ShouldBe(3);

        run.Out.ShouldBe("rules.yaml:14:12 unknown-key Unknown key 'tem'.\n  hint: Did you mean 'team'?\n");
        run.Error.ShouldBe("strangler: The rules have 1 error; plan 12 stays in force.\n");
    }

    [Fact]
    public async Task Change_JsonRefusal_CarriesExitCodeAndProblem()
    {
        var run = Looked(new CliRun());
        run.Edge.Refuses(HttpStatusCode.UnprocessableEntity, ProblemTypes.Refused, "not yet");

        (await run.RunAsync("promote", "catalog", "--yes", "--reason", "x", "-o", "json")).ShouldBe(5);

        var document = JsonNode.Parse(run.Out)!;
        document["error"]!["exitCode"]!.GetValue<int>().ShouldBe(5);
        document["error"]!["problem"]!["type"]!.GetValue<string>().ShouldBe(ProblemTypes.Refused);
        document["nextSteps"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_Json_IsTheAnswerWithDryRunAndNextSteps()
    {
        var run = Looked(new CliRun());
        run.Edge.Answers(Samples.Change(13, "stage legacy -> shadow"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("promote", "catalog", "--yes", "--reason", "x", "-o", "json")).ShouldBe(0);

        JsonNode.Parse(run.Out)!.AsObject().Select(member => member.Key)
            .ShouldBe(["dryRun", "plan", "inFlight", "capability", "changes", "nextSteps"]);
    }

    private static CliRun Looked(CliRun run)
    {
        run.Edge.Answers(Samples.State(Samples.Catalog), AdminJson.Default.CapabilitiesAnswer);
        return run;
    }
}
