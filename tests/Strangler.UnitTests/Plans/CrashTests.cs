using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

/// <summary>An edge that dies at any step of a change starts with the old plan or the new one, whole, and the audit log says which.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CrashTests() => File.WriteAllText(_folder.File("rules.yaml"), PlainRules.Of("catalog"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("audited", 2)]
    [InlineData("written", 2)]
    [InlineData("flushed", 2)]
    [InlineData("renamed", 3)]
    public async Task Change_ProcessDiesAtAStep_TheNextStartHasOnePlanWholeAndTheAuditLogSaysSo(string step, long expected)
    {
        var armed = false;
        using (var dying = Open(done => armed = armed && done == step ? throw new DiedException() : armed))
        {
            await PromoteAsync(dying, null);
            armed = true;
            await Should.ThrowAsync<DiedException>(() => PromoteAsync(dying, 10));
        }

        using var after = Open();
        after.Plans.Current.Number.ShouldBe(expected);
        after.State.Of("catalog").Stage.ShouldBe(expected == 2 ? Stage.Shadow : Stage.ReadCanary);
        Entries().ShouldBe(expected == 2 ? ["apply 1", "promote 2", "promote 3", "void 3"] : ["apply 1", "promote 2", "promote 3"]);

        (await PromoteAsync(after, expected == 2 ? 10 : 20)).Plan.ShouldBe(expected + 1);
        using var once = Open();
        Entries().Count(e => e.StartsWith("void", StringComparison.Ordinal)).ShouldBe(expected == 2 ? 1 : 0);
        ShouldBeChained();
    }

    [Fact]
    public async Task Change_DiskFailsBetweenAuditAndPlan_IsVoidedBeforeTheNext()
    {
        using var control = Open();
        Directory.CreateDirectory(_folder.File("state/plans/2.plan.tmp"));
        (await PromoteAsync(control, null)).Outcome.ShouldBe(ChangeOutcome.NotSaved);
        Directory.Delete(_folder.File("state/plans/2.plan.tmp"));

        (await PromoteAsync(control, null)).Outcome.ShouldBe(ChangeOutcome.Done);

        Entries().ShouldBe(["apply 1", "promote 2", "void 2", "promote 2"]);
        ShouldBeChained();
    }

    [Fact]
    public async Task Start_NewestPlanSpoiled_GoesOnWithTheLastGoodOneAndOverIt()
    {
        using (var before = Open()) await PromoteAsync(before, null);
        File.WriteAllText(_folder.File("state/plans/3.plan"), "sha256:00\n{}\n");

        using var after = Open();

        after.Plans.Current.Number.ShouldBe(2);
        after.Health.Refused!.ShouldStartWith("plan 3 cannot be used: its checksum is ");
        (await PromoteAsync(after, 10)).Plan.ShouldBe(4);
        after.Health.Refused.ShouldBeNull();
    }

    [Fact]
    public async Task Start_StoreEmptied_GoesOnFromTheLastGoodPlan()
    {
        using (var before = Open()) await PromoteAsync(before, null);
        Directory.Delete(_folder.File("state/plans"), recursive: true);

        using var after = Open();

        (after.Plans.Current.Number, after.State.Of("catalog").Stage).ShouldBe((3, Stage.Shadow));
    }

    private static Task<ChangeResult> PromoteAsync(ControlPlane control, double? share) => control.MoveAsync(
        [new CapabilityMove("catalog", new Move(Verb.Promote) { Share = share })], new ChangeRequest("operator", "a test", null, DryRun: false), Cancel);

    private ControlPlane Open(Action<string>? step = null) => new(
        new FileControlStore(_folder.File("state"), TimeProvider.System, step), new RulesSource(_folder.File("rules.yaml")),
        new LocalState(_folder.File("state"), "a"), TimeProvider.System, NullLogger<ControlPlane>.Instance);

    private string[] Lines() => File.ReadAllLines(_folder.File("state/audit.jsonl"));

    private string[] Entries() => [.. Lines().Select(line => JsonNode.Parse(line)!).Select(entry => $"{entry["verb"]} {entry["plan"]}")];

    private void ShouldBeChained() => AuditCheck.Verify(Lines()).Findings.ShouldBeEmpty();

    private sealed class DiedException : Exception;
}
