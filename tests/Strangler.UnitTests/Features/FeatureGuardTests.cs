using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Features;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Features;

public sealed class FeatureGuardTests
{
    [Theory]
    [InlineData(Stage.Legacy, 0, false)]
    [InlineData(Stage.Shadow, 0, false)]
    [InlineData(Stage.ReadCanary, 0.1, false)]
    [InlineData(Stage.ReadCanary, 98.3053808473, false)]
    [InlineData(Stage.ReadCanary, 100, false)]
    [InlineData(Stage.ReadCanary, 100, true)]
    public void Disagreement_PlanCompiledRight_None(Stage stage, double share, bool everyone)
    {
        var state = new CapabilityState(stage, share, Killed: false)
        {
            Everyone = everyone,
            Include = new UnitSet([.. Enumerable.Range(0, 300).Select(i => $"in-{i}"), "ü"], ["testers", "a,b"]),
            Exclude = new UnitSet(["out", "in-7"], ["avoiders", "testers2"]),
        };

        FeatureGuard.Disagreement(PlanOf(state), previous: null).ShouldBeNull();
    }

    [Fact]
    public void Disagreement_EdgeCompiledWrong_NamesTheCapabilityAndTheBucketButNotTheUnit()
    {
        var plan = PlanOf(Canary(50));
        Tamper(plan, nameof(CapabilityPlan.Edge), Bucket.Edge(52));

        var sentence = FeatureGuard.Disagreement(plan, previous: null).ShouldNotBeNull();

        sentence.ShouldMatch(
            "^'catalog': for the unit in bucket [0-9a-f]{8} the plan says new and Microsoft.FeatureManagement says legacy to catalog.read. ");
        var bucket = Convert.ToUInt32(sentence.Split("bucket ")[1][..8], 16);
        Bucket.ToPercent(bucket).ShouldBeInRange(50, 52);
    }

    [Fact]
    public void Disagreement_NamedUnitForgotten_IsSeen()
    {
        var plan = PlanOf(Canary(100) with { Exclude = new UnitSet(["somebody"], []) });
        Tamper(plan, nameof(CapabilityPlan.Exclude), null);

        FeatureGuard.Disagreement(plan, previous: null).ShouldNotBeNull();
    }

    [Fact]
    public void Disagreement_CapabilityThatHasNotChanged_IsNotAskedAgain()
    {
        var before = PlanOf(Canary(50));
        var same = new Plan(2, before.Rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = Canary(50) });
        Tamper(same, nameof(CapabilityPlan.Edge), Bucket.Edge(90));

        FeatureGuard.Disagreement(same, before).ShouldBeNull();
        FeatureGuard.Disagreement(same, PlanOf(Canary(51))).ShouldNotBeNull();
    }

    [Fact]
    public async Task MoveAsync_LibraryDisagrees_IsRefusedButAKillIsNot()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("rules.yaml"), Rules, TestContext.Current.CancellationToken);
        using var control = new ControlPlane(
            new FileControlStore(folder.File("state")), new RulesSource(folder.File("rules.yaml")), new LocalState(folder.File("state"), "a"), TimeProvider.System, NullLogger<ControlPlane>.Instance)
        {
            Guard = (next, previous) => next.Number > 2 ? $"plan {next.Number} after {previous!.Number}" : null,
        };

        (await MoveAsync(control, Verb.Promote)).Outcome.ShouldBe(ChangeOutcome.Done);
        var refused = await MoveAsync(control, Verb.Rollback);
        (refused.Outcome, refused.Message, control.Plans.Current.Number).ShouldBe((ChangeOutcome.Refused, "plan 3 after 2", 2));
        (await MoveAsync(control, Verb.Kill)).Outcome.ShouldBe(ChangeOutcome.Done);
        control.Plans.Current.Number.ShouldBe(3);
    }

    private const string Rules =
        """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"] }
        capabilities:
          catalog:
            new: { destinations: ["http://127.0.0.1:5201"] }
            operations: [ { match: "GET /api/products", semantics: safe } ]
        """;

    private static Task<ChangeResult> MoveAsync(ControlPlane control, Verb verb) => control.MoveAsync(
        [new CapabilityMove(TestPlan.Capability, new Move(verb))], new ChangeRequest("operator", "a test", null, DryRun: false), TestContext.Current.CancellationToken);

    private static CapabilityState Canary(double share) => new(Stage.ReadCanary, share, Killed: false);

    private static Plan PlanOf(CapabilityState state) => new(
        1,
        TestPlan.Rules(TestPlan.Operation("GET", "/api/products/{sku}"), TestPlan.Operation("POST", "/api/products", Semantics.None)),
        new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = state });

    // A compiler that has a defect.
    private static void Tamper(Plan plan, string property, object? value) =>
        typeof(CapabilityPlan).GetField($"<{property}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!
            .SetValue(plan.Capabilities[0], value);
}
