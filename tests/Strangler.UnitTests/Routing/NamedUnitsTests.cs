using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Xunit;

namespace Strangler.UnitTests.Routing;

public sealed class NamedUnitsTests
{
    private static readonly UnitSet Include = new(["tester", "both", "Jürgen"], ["staff", "mixed"]);
    private static readonly UnitSet Exclude = new(["both", "vip"], ["press", "mixed"]);

    [Theory]
    [InlineData("tester", "", DecisionReason.Included)]
    [InlineData("Jürgen", "", DecisionReason.Included)]
    [InlineData("Tester", "", DecisionReason.OutsideShare)]
    [InlineData("both", "", DecisionReason.Excluded)]
    [InlineData("vip", "staff", DecisionReason.Excluded)]
    [InlineData("tester", "press", DecisionReason.Included)]
    [InlineData("somebody", "staff", DecisionReason.Included)]
    [InlineData("somebody", "sales, staff", DecisionReason.Included)]
    [InlineData("somebody", "staffing", DecisionReason.OutsideShare)]
    [InlineData("somebody", "press,staff", DecisionReason.Excluded)]
    [InlineData("somebody", "mixed", DecisionReason.Excluded)]
    [InlineData("", "staff", DecisionReason.NoUnit)]
    public void Decide_NamedUnitOrGroup_GoesWhereItWasNamed(string unit, string groups, DecisionReason reason) =>
        Decide(Stage.ReadCanary, 0, unit, groups).ShouldBe(reason);

    [Theory]
    [InlineData(Stage.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.Shadow, DecisionReason.Included)]
    [InlineData(Stage.ReadCanary, DecisionReason.Included)]
    public void Decide_Included_CountsFromShadowOn(Stage stage, DecisionReason reason) => Decide(stage, 0, "tester", "").ShouldBe(reason);

    [Fact]
    public void Decide_Excluded_BeatsAShareOfAll() => Decide(Stage.ReadCanary, 100, "vip", "").ShouldBe(DecisionReason.Excluded);

    [Fact]
    public void Decide_NamedButKilled_IsKilled() => Decide(Stage.ReadCanary, 100, "tester", "", killed: true).ShouldBe(DecisionReason.Killed);

    [Fact]
    public void Decide_NamedButAWrite_StaysWithTheOwner() =>
        Decide(Stage.ReadCanary, 100, "tester", "", semantics: Semantics.Idempotent).ShouldBe(DecisionReason.Stage);

    [Fact]
    public void Decide_WithLongLists_AllocatesNothing()
    {
        var many = new UnitSet([.. Enumerable.Range(0, 1000).Select(i => $"unit-{i}")], ["staff"]);
        var operation = Plan(new CapabilityState(Stage.ReadCanary, 50, Killed: false) { Include = many, Exclude = many }, Semantics.Safe);

        Allocations.PerCall(() => _ = Decider.Decide(operation, new Requester("nobody-named", "sales, press, staff"))).ShouldBe(0);
    }

    private static DecisionReason Decide(
        Stage stage, double share, string unit, string groups, bool killed = false, Semantics semantics = Semantics.Safe)
    {
        var state = new CapabilityState(stage, share, killed) { Include = Include, Exclude = Exclude };
        return Decider.Decide(Plan(state, semantics), new Requester(unit, groups)).Reason;
    }

    private static OperationPlan Plan(CapabilityState state, Semantics semantics) =>
        new Plan(1, TestPlan.Rules(semantics), new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = state })
            .FindOperation(TestPlan.OperationId)!;
}
