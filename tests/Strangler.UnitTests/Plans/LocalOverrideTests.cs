using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

/// <summary>A kill without the store: by the admin API while nothing can be saved, and by the file that operators write.</summary>
public sealed class LocalOverrideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public LocalOverrideTests() => File.WriteAllText(_folder.File("rules.yaml"), PlainRules.Of("catalog", "search"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_CannotBeSaved_HoldsOverARestartAndIsMergedWithItsActorTimeAndReason()
    {
        using (var control = Open())
        {
            await UpAsync(control, "catalog");
            SetSaving(broken: true);
            await MoveAsync(control, Verb.Kill, "catalog");
        }

        _time.Advance(TimeSpan.FromHours(1));
        using var after = Open();
        IsDown(after, "catalog").ShouldBeTrue();
        after.Health.Overrides.ShouldBe(["catalog"]);
        after.Plans.Current.Number.ShouldBe(3);
        await Should.ThrowAsync<ControlStoreException>(() => after.TakeNewestAsync(Cancel));
        SetSaving(broken: false);

        await after.TakeNewestAsync(Cancel);

        (after.Health.Overrides.Count, after.Plans.Current.Number, IsDown(after, "catalog")).ShouldBe((0, 4, true));
        var last = JsonNode.Parse(File.ReadAllLines(_folder.File("state/audit.jsonl"))[^1])!;
        ((string)last["verb"]!, (string)last["actor"]!, (string)last["reason"]!).ShouldBe(("kill", "ops", "a fire"));
        last["changes"]!.AsArray().Select(c => (string)c!).ShouldBe(["local override of edge a, at 2026-11-20T12:00:00Z", "killed: everything to legacy, no copies"]);
        using var third = Open();
        third.Health.Overrides.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_Overridden_RaisesNothingWhenItIsMergedAfterARollback()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        SetSaving(broken: true);
        await MoveAsync(control, Verb.Kill, "catalog");
        SetSaving(broken: false);

        // As another edge would have done it meanwhile.
        var store = new FileControlStore(_folder.File("state"));
        var rolledBack = control.State.With("catalog", CapabilityState.Initial, control.State.LastChanges["catalog"]) with { Plan = 4 };
        await store.TryAppendAsync(4, PlanDocument.Write(rolledBack), new(_time.GetUtcNow(), "b", "rollback", ["catalog"], "r", [], 4, []), Cancel);
        await control.TakeNewestAsync(Cancel);

        control.State.Of("catalog").ShouldBe(CapabilityState.Initial);
        (control.Health.Overrides.Count, control.Plans.Current.Number).ShouldBe((0, 5));
    }

    [Fact]
    public async Task Promote_OverriddenCapability_IsNotSavedAndRaisesNothing()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        SetSaving(broken: true);
        await MoveAsync(control, Verb.Kill, "catalog");

        var result = await MoveAsync(control, Verb.Rollback, "catalog");

        result.Outcome.ShouldBe(ChangeOutcome.NotSaved);
        IsDown(control, "catalog").ShouldBeTrue();
    }

    [Fact]
    public async Task Kill_OverrideCannotBeKeptEither_IsInForceAndSaysSo()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        SetSaving(broken: true);
        Directory.CreateDirectory(_folder.File("state/override.json.tmp"));

        var result = await MoveAsync(control, Verb.Kill, "catalog");

        IsDown(control, "catalog").ShouldBeTrue();
        result.Changes.ShouldContain(change => change.StartsWith("kept in memory only, a restart of this edge forgets it: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill_OverriddenWhileARequestIsOnNew_CountsItAndLetsNoneStart()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        var old = control.Plans.Current.Capabilities[0];
        control.Plans.TryEnter(old).ShouldBeTrue();
        SetSaving(broken: true);

        var kill = MoveAsync(control, Verb.Kill, "catalog");

        kill.IsCompleted.ShouldBeFalse();
        control.Plans.TryEnter(old).ShouldBeFalse();
        old.OnNewSide.Leave();
        (await kill).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task KillFile_NamesOne_KillsItAndTakingItOutRaisesNothing()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        await UpAsync(control, "search");
        File.WriteAllText(_folder.File("state/kill"), "# tonight\n  catalog # the pages are empty\nnonsense\n\n");
        using var file = Watch(control);

        file.Look();
        (IsDown(control, "catalog"), IsDown(control, "search")).ShouldBe((true, false));
        await control.TakeNewestAsync(Cancel);
        File.Delete(_folder.File("state/kill"));
        file.Look();

        (IsDown(control, "catalog"), control.Health.Overrides.Count).ShouldBe((true, 0));
        var last = JsonNode.Parse(File.ReadAllLines(_folder.File("state/audit.jsonl"))[^1])!;
        ((string)last["actor"]!, (string)last["reason"]!).ShouldBe(("kill file", $"named in {_folder.File("state/kill")}"));
        await MoveAsync(control, Verb.Rollback, "catalog");
        IsDown(control, "catalog").ShouldBeFalse();
    }

    [Fact]
    public async Task KillFile_Star_KillsAllAndKeepsThemDownWhileItStands()
    {
        using var control = Open();
        await UpAsync(control, "catalog");
        await UpAsync(control, "search");
        File.WriteAllText(_folder.File("state/kill"), "*\n");
        using var file = Watch(control);

        file.Look();
        (IsDown(control, "catalog"), IsDown(control, "search")).ShouldBe((true, true));
        (await MoveAsync(control, Verb.Rollback, "catalog")).Outcome.ShouldBe(ChangeOutcome.Done);
        file.Look();

        IsDown(control, "catalog").ShouldBeTrue();
    }

    private static async Task UpAsync(ControlPlane control, string capability)
    {
        await MoveAsync(control, Verb.Promote, capability);
        await MoveAsync(control, Verb.Promote, capability, 10);
    }

    private static Task<ChangeResult> MoveAsync(ControlPlane control, Verb verb, string capability, double? share = null) => control.MoveAsync(
        [new CapabilityMove(capability, new Move(verb) { Share = share })], new ChangeRequest("ops", "a fire", null, DryRun: false), Cancel);

    private static bool IsDown(ControlPlane control, string capability) => control.Plans.Current.FindCapability(capability)!.State.Killed;

    private KillFile Watch(ControlPlane control) => new(control, Local(), _time, NullLogger<KillFile>.Instance);

    private LocalState Local() => new(_folder.File("state"), "a");

    private ControlPlane Open() => new(
        new FileControlStore(_folder.File("state"), _time), new RulesSource(_folder.File("rules.yaml")), Local(), _time, NullLogger<ControlPlane>.Instance);

    // A folder where the file should go: permissions would not stop root.
    private void SetSaving(bool broken)
    {
        foreach (var path in Enumerable.Range(2, 9).Select(n => _folder.File($"state/plans/{n}.plan.tmp")))
        {
            if (broken) Directory.CreateDirectory(path);
            else Directory.Delete(path);
        }
    }
}
