using System.Text.Json.Nodes;
using Shouldly;

namespace Strangler.IntegrationTests.Cli;

public sealed class CliAgainstRealEdgeTests : IAsyncLifetime
{
    private RealEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await RealEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Verbs_WholeWayUpAndBack_SayWhatTheEdgeDid()
    {
        await ShouldExitAsync(4, "promote", "catalog", "--dry-run");
        await ShouldExitAsync(0, "promote", "catalog", "--yes", "--reason", "compare first");
        await ShouldExitAsync(0, "promote", "catalog", "--share", "10%", "--yes", "--reason", "all equal");

        var status = await ShouldExitAsync(0, "status", "catalog");
        status.Out.ShouldContain("◔ read-canary");
        status.Out.ShouldContain("by bootstrap: all equal");

        var explained = await ShouldExitAsync(0, "explain", "GET", "/api/products/A", "--unit", "somebody", "-o", "json");
        JsonNode.Parse(explained.Out)!["operation"]!.GetValue<string>().ShouldContain("/api/products/{sku}");

        await ShouldExitAsync(0, "kill", "catalog", "--reason", "prices are wrong");
        (await ShouldExitAsync(0, "status")).Out.ShouldContain("✖ killed");
        await ShouldExitAsync(0, "rollback", "catalog", "--to", "legacy", "--yes", "--reason", "back to the start");
        (await ShouldExitAsync(0, "status")).Out.ShouldContain("○ legacy");
    }

    [Fact]
    public async Task Promote_AboveReadCanary_IsRefusedWithTheReason()
    {
        await ShouldExitAsync(0, "promote", "catalog", "--yes", "--reason", "x");
        await ShouldExitAsync(0, "promote", "catalog", "--share", "100", "--yes", "--reason", "x");

        var refused = await ShouldExitAsync(5, "promote", "catalog", "--yes", "--reason", "x");

        refused.Error.ShouldContain("cannot move yet");
    }

    [Fact]
    public async Task Change_OldPlan_IsStale()
    {
        await ShouldExitAsync(0, "promote", "catalog", "--yes", "--reason", "x");

        var stale = await ShouldExitAsync(6, "rollback", "catalog", "--plan", "1", "--yes", "--reason", "x");

        stale.Error.ShouldContain("plan 2 is in force");
    }

    [Fact]
    public async Task Apply_BrokenRules_PrintsTheSameErrorsAsValidate()
    {
        await File.AppendAllTextAsync(_edge.RulesFile, "\ncapabilties: {}\n", TestContext.Current.CancellationToken);

        var applied = await ShouldExitAsync(3, "apply", "--yes", "--reason", "x");
        var validated = await ShouldExitAsync(3, "validate", _edge.RulesFile);

        applied.Out.ShouldStartWith($"{_edge.RulesFile}:9:1 unknown-key ");
        applied.Out.ShouldBe(validated.Out);
        (await ShouldExitAsync(0, "status")).Out.ShouldStartWith("plan 1,");
    }

    [Fact]
    public async Task Run_UnknownCapability_SaysWhatIsLegal()
    {
        (await ShouldExitAsync(1, "kill", "katalog", "--reason", "x")).Error.ShouldContain("legal: catalog");
        (await ShouldExitAsync(1, "status", "katalog")).Error.ShouldContain("There are: catalog");
    }

    [Fact]
    public async Task Run_WrongToken_IsToldApart()
    {
        _edge.Variables["STRANGLER_TOKEN"] = "wrong";

        (await ShouldExitAsync(1, "status")).Error.ShouldContain("does not know this token");
    }

    private async Task<CliOutcome> ShouldExitAsync(int code, params string[] args)
    {
        var run = await CliProcess.RunAsync(_edge.Variables, args);
        run.ExitCode.ShouldBe(code, $"strangler {string.Join(' ', args)}\n{run.Out}{run.Error}");
        return run;
    }
}
