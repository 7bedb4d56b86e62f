using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Admin;

namespace Strangler.IntegrationTests.Cli;

public sealed class CliProcessTests : IAsyncLifetime
{
    private FakeEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await FakeEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Status_Piped_IsPlainTextWithinEightyColumns()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "status");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("○ legacy");
        run.Out.ShouldNotContain('\e');
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_Json_HasTheDocumentedShape()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "status", "-o", "json");

        run.ExitCode.ShouldBe(0, run.Error);
        var document = JsonNode.Parse(run.Out)!.AsObject();
        document.Select(member => member.Key).ShouldBe(["plan", "edge", "capabilities", "store", "nextSteps"]);
        document["capabilities"]![0]!.AsObject().Select(member => member.Key).ShouldBe(
            ["name", "team", "stage", "share", "killed", "sides", "fallbacks", "shadow", "lagSeconds", "lastChange", "held", "everyone", "include", "exclude", "coolDown"]);
    }

    [Fact]
    public async Task Run_UnknownToken_ExitsWithOne()
    {
        var variables = _edge.Variables;
        variables["STRANGLER_TOKEN"] = "wrong";

        var run = await CliProcess.RunAsync(variables, "status");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("does not know this token");
    }

    [Fact]
    public async Task Run_WrongLine_ExitsWithTwo()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--share", "0", "--yes", "--reason", "x");

        run.ExitCode.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("above 0 and at most 100");
    }

    [Fact]
    public async Task Promote_WithoutTerminal_AsksForYesAndChangesNothing()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--reason", "x");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("add --yes");
        _edge.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_InvalidRules_ExitsWithThree()
    {
        _edge.Refusal = new AdminProblem(
            ProblemTypes.RulesInvalid,
            "Rules invalid",
            StatusCodes.Status422UnprocessableEntity,
            "the rules have 1 error; plan 12 stays in force",
            [new AdminError("'tem' is not known", "unknown-key", "rules.yaml", 14, 12, "did you mean 'team'?")]);

        var run = await CliProcess.RunAsync(_edge.Variables, "apply", "--yes", "--reason", "x");

        run.ExitCode.ShouldBe(3);
        run.Out.ReplaceLineEndings("\n").ShouldBe("rules.yaml:14:12 unknown-key 'tem' is not known\n  hint: did you mean 'team'?\n");
    }

    [Fact]
    public async Task DryRun_WithChanges_ExitsWithFourAndChangesNothing()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--dry-run");

        run.ExitCode.ShouldBe(4, run.Error);
        run.Out.ShouldContain("  stage legacy -> shadow");
        _edge.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Promote_Refused_ExitsWithFive()
    {
        _edge.Refusal = new AdminProblem(
            ProblemTypes.Refused, "Refused", StatusCodes.Status422UnprocessableEntity, "the data cannot move yet");

        var run = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--to", "new-primary", "--yes", "--reason", "x");

        run.ExitCode.ShouldBe(5);
        run.Error.ShouldBe("strangler: the data cannot move yet\n");
    }

    [Fact]
    public async Task Promote_PlanChangedInBetween_ExitsWithSix()
    {
        var preview = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--dry-run", "-o", "json");
        var seen = JsonNode.Parse(preview.Out)!["plan"]!.GetValue<long>();
        _edge.Plan++;

        var run = await CliProcess.RunAsync(_edge.Variables, "promote", "catalog", "--plan", $"{seen}", "--yes", "--reason", "x");

        run.ExitCode.ShouldBe(6);
        run.Error.ShouldBe("strangler: plan 13 is in force. Nothing was changed.\n");
        _edge.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_NobodyListens_ExitsWithSeven()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://{closed.LocalEndpoint}";
        closed.Stop();

        var run = await CliProcess.RunAsync(_edge.Variables, "status", "--url", address);

        run.ExitCode.ShouldBe(7);
        run.Error.ShouldStartWith($"strangler: The edge at {address}/ cannot be reached");
    }

    [Fact]
    public async Task Change_EveryVerb_IsMadeOnce()
    {
        string[][] lines =
        [
            ["promote", "catalog", "--yes", "--reason", "x"],
            ["rollback", "catalog", "-y", "--reason", "x"],
            ["kill", "catalog", "--reason", "x"],
            ["apply", "--yes", "--reason", "x"],
        ];

        foreach (var line in lines)
        {
            var run = await CliProcess.RunAsync(_edge.Variables, line);
            run.ExitCode.ShouldBe(0, run.Error);
        }

        _edge.Changes.ShouldBe(
        [
            "/admin/v1/capabilities/catalog:promote",
            "/admin/v1/capabilities/catalog:rollback",
            "/admin/v1/capabilities/catalog:kill",
            "/admin/v1/rules:apply",
        ]);
    }

    [Fact]
    public async Task Watch_Interrupted_EndsWell()
    {
        using var process = CliProcess.Start(_edge.Variables, "status", "--watch", "-o", "json");
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        JsonNode.Parse(first!)!["plan"]!.GetValue<long>().ShouldBe(12);

        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        var run = await CliProcess.EndOfAsync(process);

        run.ExitCode.ShouldBe(0, run.Error);
    }

    [Fact]
    public async Task Version_Asked_IsAnswered()
    {
        var run = await CliProcess.RunAsync(_edge.Variables, "--version");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldStartWith("0.");
    }
}
