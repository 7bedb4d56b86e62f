using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class ControlPlaneTests : IDisposable
{
    private const string Catalog = "catalog";

    private readonly TemporaryFolder _folder = new();

    public ControlPlaneTests() => File.WriteAllText(_folder.File("rules.yaml"), PlainRules.Of(Catalog, "stock"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PromoteAsync_TwoStages_NumbersThePlansAndSaysTheChanges()
    {
        using var control = Open();

        var shadow = await PromoteAsync(control, Catalog, null, null, Request(), Cancel);
        var canary = await PromoteAsync(control, Catalog, null, 12.5, Request(), Cancel);

        shadow.Changes.ShouldBe(["stage legacy -> shadow"]);
        canary.Changes.ShouldBe(["stage shadow -> read-canary", "share 0 % -> 12.5 %"]);
        (shadow.Plan, canary.Plan, control.Plans.Current.Number).ShouldBe((2, 3, 3));
    }

    [Fact]
    public async Task ControlPlane_Restarted_StandsWhereItStood()
    {
        using (var before = Open()) await CanaryAsync(before);

        using var after = Open();

        after.Plans.Current.Number.ShouldBe(3);
        after.Plans.Current.FindCapability(Catalog)!.State.ShouldBe(new CapabilityState(Stage.ReadCanary, 10, Killed: false));
    }

    [Fact]
    public async Task PromoteAsync_PlanHasMovedOn_IsStale()
    {
        using var control = Open();
        await PromoteAsync(control, Catalog, null, null, Request(), Cancel);

        var result = await PromoteAsync(control, Catalog, null, 10, Request(expected: 1), Cancel);

        (result.Outcome, result.Message).ShouldBe((ChangeOutcome.Stale, "you looked at plan 1, but plan 2 is in force; look again"));
    }

    [Fact]
    public async Task PromoteAsync_SameWishTwentyTimesAtOnce_OneWinsAndTheOthersAreStale()
    {
        using var control = Open();

        var results = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => Task.Run(() => PromoteAsync(control, Catalog, Stage.Shadow, null, Request(expected: 1), Cancel), Cancel)));

        results.Count(r => r.Outcome == ChangeOutcome.Done).ShouldBe(1);
        results.Count(r => r.Outcome == ChangeOutcome.Stale).ShouldBe(19);
    }

    [Fact]
    public async Task PromoteAsync_CannotBeSaved_KeepsTheRunningPlan()
    {
        using var control = Open();
        BreakSaving();

        var result = await PromoteAsync(control, Catalog, null, null, Request(), Cancel);

        result.Outcome.ShouldBe(ChangeOutcome.NotSaved);
        result.Message!.ShouldEndWith("; plan 1 stays in force");
        control.Plans.Current.Number.ShouldBe(1);
    }

    [Fact]
    public async Task KillAsync_CannotBeSaved_WorksAndSaysSo()
    {
        using var control = Open();
        await CanaryAsync(control);
        BreakSaving();

        var result = await KillAsync(control, Catalog, Request(), Cancel);

        result.Outcome.ShouldBe(ChangeOutcome.Done);
        result.Changes[0].ShouldBe("killed: everything to legacy, no copies");
        result.Changes[1].ShouldStartWith("local override of edge a until the store can be written: the change could not be saved: ");
        control.Health.Overrides.ShouldBe([Catalog]);
        control.Plans.Current.FindCapability(Catalog)!.State.Killed.ShouldBeTrue();
    }

    [Fact]
    public async Task KillAsync_DryRun_ChangesNothing()
    {
        using var control = Open();
        await CanaryAsync(control);

        var result = await KillAsync(control, Catalog, Request() with { DryRun = true }, Cancel);

        result.Changes.ShouldBe(["killed: everything to legacy, no copies"]);
        (result.Plan, control.State.Of(Catalog).Killed).ShouldBe((3, false));
    }

    [Fact]
    public async Task KillAsync_RequestsOfTwoOlderPlansOnNew_WaitsForBoth()
    {
        using var control = Open();
        await CanaryAsync(control);
        var first = control.Plans.Current.Capabilities[0];
        control.Plans.TryEnter(first).ShouldBeTrue();
        await PromoteAsync(control, Catalog, null, 20, Request(), Cancel);
        var second = control.Plans.Current.Capabilities[0];
        control.Plans.TryEnter(second).ShouldBeTrue();

        var kill = KillAsync(control, Catalog, Request(), Cancel);
        kill.IsCompleted.ShouldBeFalse();
        second.OnNewSide.Leave();
        kill.IsCompleted.ShouldBeFalse();
        first.OnNewSide.Leave();

        (await kill).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task KillAsync_RequestNeverEnds_AnswersAfterTheLimitWithTheCount()
    {
        var time = new ManualTimeProvider();
        using var control = Open(time);
        await CanaryAsync(control);
        control.Plans.TryEnter(control.Plans.Current.Capabilities[0]).ShouldBeTrue();

        var kill = KillAsync(control, Catalog, Request(), Cancel);
        kill.IsCompleted.ShouldBeFalse();
        time.Advance(OlderPlans.DrainLimit + TimeSpan.FromTicks(1));

        (await kill).InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task ApplyRulesAsync_RulesWithErrors_KeepsTheRunningPlan()
    {
        using var control = Open();
        File.WriteAllText(_folder.File("rules.yaml"), "apiVersion: strangler/v2\ncolour: blue\n");

        var result = await control.ApplyRulesAsync(Request(), Cancel);

        result.Outcome.ShouldBe(ChangeOutcome.RulesInvalid);
        result.Message.ShouldBe("the rules have 2 errors; plan 1 stays in force");
        result.Diagnostics.Count.ShouldBe(2);
        control.Plans.Current.FindCapability(Catalog).ShouldNotBeNull();
    }

    [Fact]
    public async Task ApplyRulesAsync_RoutesCannotFollow_SaysSoInTheChanges()
    {
        using var control = Open();
        control.PlanChanged += (_, change) => change.WaitFor(Task.FromException(new InvalidOperationException("no such cluster")));
        File.AppendAllText(_folder.File("rules.yaml"), "\n# changed\n");

        var result = await control.ApplyRulesAsync(Request(), Cancel);

        (result.Outcome, result.Changes[^1]).ShouldBe((ChangeOutcome.Done, "the routes could not follow: no such cluster"));
    }

    [Fact]
    public void ControlPlane_RulesFileMissing_SaysWhichOne() =>
        Should.Throw<InvalidRulesException>(() => new ControlPlane(
            new FileControlStore(_folder.File("state")), new RulesSource(_folder.File("none.yaml")), new LocalState(_folder.File("state"), "edge"), TimeProvider.System, NullLogger<ControlPlane>.Instance))
            .Diagnostics.ShouldHaveSingleItem().ToString().ShouldStartWith($"{_folder.File("none.yaml")}:1:1 unreadable ");

    [Fact]
    public async Task MoveAsync_SeveralCapabilities_AreOnePlanAndOneAuditEntry()
    {
        using var control = Open();

        var result = await control.MoveAsync([Up(Catalog), Up("stock")], Request(), Cancel);

        result.Changes.ShouldBe(["catalog: stage legacy -> shadow", "stock: stage legacy -> shadow"]);
        result.Plan.ShouldBe(2);
        var audit = await File.ReadAllLinesAsync(_folder.File("state/audit.jsonl"), Cancel);
        audit.Length.ShouldBe(2);
        audit[1].ShouldContain("\"verb\":\"promote\",\"capabilities\":[\"catalog\",\"stock\"]");
    }

    [Fact]
    public async Task MoveAsync_OneOfSeveralIsRefused_ChangesNone()
    {
        using var control = Open();

        var result = await control.MoveAsync(
            [Up(Catalog), new CapabilityMove("stock", new Move(Verb.Shrink) { Share = 1 })], Request(), Cancel);

        (result.Outcome, result.Plan).ShouldBe((ChangeOutcome.Refused, 1));
        control.State.Of(Catalog).ShouldBe(CapabilityState.Initial);
    }

    [Fact]
    public async Task MoveAsync_SeveralMovesOfOneCapability_FollowEachOther()
    {
        using var control = Open();

        var result = await control.MoveAsync(
            [Up(Catalog), new CapabilityMove(Catalog, new Move(Verb.Promote) { Share = 5 })], Request(), Cancel);

        (result.Outcome, result.Plan).ShouldBe((ChangeOutcome.Done, 2));
        control.State.Of(Catalog).ShouldBe(new CapabilityState(Stage.ReadCanary, 5, Killed: false));
    }

    [Fact]
    public async Task MoveAsync_NamedUnit_StandsInAuditByTokenOnly()
    {
        using var control = Open();

        var result = await control.MoveAsync(
            [new CapabilityMove(Catalog, new Move(Verb.Include) { Units = new UnitSet(["jane@example.org"], ["staff"]) })], Request(), Cancel);

        result.Changes.Count.ShouldBe(2);
        result.Changes[0].ShouldMatch("^include: unit [0-9a-f]{12} added$");
        result.Changes[1].ShouldBe("include: group staff added");
        (await File.ReadAllTextAsync(_folder.File("state/audit.jsonl"), Cancel)).ShouldNotContain("jane");
    }

    [Fact]
    public async Task ApplyRulesAsync_SameFiles_ChangesNothing()
    {
        using var control = Open();

        var result = await control.ApplyRulesAsync(Request(), Cancel);

        (result.Outcome, result.Plan, result.Changes.Count).ShouldBe((ChangeOutcome.Done, 1, 0));
    }

    [Fact]
    public void ControlPlane_RulesChangedWhileDown_StartsWithThemUnderANewNumber()
    {
        Open().Dispose();
        File.AppendAllText(_folder.File("rules.yaml"), "\n# one more line\n");

        using var control = Open();

        control.Plans.Current.Number.ShouldBe(2);
    }

    [Fact]
    public async Task PlanChanged_FlipOnly_KeepsTheRulesObject()
    {
        using var control = Open();
        var rules = control.Plans.Current.Rules;

        await CanaryAsync(control);

        control.Plans.Current.Rules.ShouldBeSameAs(rules);
    }

    private static CapabilityMove Up(string capability) => new(capability, new Move(Verb.Promote));

    private static async Task CanaryAsync(ControlPlane control)
    {
        await PromoteAsync(control, Catalog, null, null, Request(), Cancel);
        await PromoteAsync(control, Catalog, null, 10, Request(), Cancel);
    }

    private static Task<ChangeResult> PromoteAsync(
        ControlPlane control, string capability, Stage? to, double? share, ChangeRequest request, CancellationToken cancel) =>
        control.MoveAsync([new CapabilityMove(capability, new Move(Verb.Promote) { Stage = to, Share = share })], request, cancel);

    private static Task<ChangeResult> KillAsync(ControlPlane control, string capability, ChangeRequest request, CancellationToken cancel) =>
        control.MoveAsync([new CapabilityMove(capability, new Move(Verb.Kill))], request, cancel);

    private static ChangeRequest Request(long? expected = null) => new("operator", "a test", expected, DryRun: false);

    private ControlPlane Open(TimeProvider? time = null) => new(
        new FileControlStore(_folder.File("state")), new RulesSource(_folder.File("rules.yaml")), new LocalState(_folder.File("state"), "a"), time ?? TimeProvider.System,
        NullLogger<ControlPlane>.Instance);

    // A folder where the file should go: permissions would not stop root.
    private void BreakSaving() => Enumerable.Range(2, 9).ToList().ForEach(n => Directory.CreateDirectory(_folder.File($"state/plans/{n}.plan.tmp")));
}
