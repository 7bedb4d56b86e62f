using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Xunit;

namespace Strangler.UnitTests.Routing;

public sealed class DeciderTests
{
    // Place 98.305 % of the hash space of 'catalog'.
    private const string LateUnit = "user-36";

    [Theory]
    [InlineData(Stage.Legacy, 0, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.Shadow, 0, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.Shadow, 100, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.ReadCanary, 98.3, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.OutsideShare)]
    [InlineData(Stage.ReadCanary, 98.31, false, Semantics.Safe, LateUnit, Side.New, DecisionReason.InsideShare)]
    [InlineData(Stage.ReadCanary, 99, false, Semantics.Safe, "", Side.Legacy, DecisionReason.NoUnit)]
    [InlineData(Stage.ReadCanary, 100, false, Semantics.Safe, "", Side.Legacy, DecisionReason.NoUnit)]
    [InlineData(Stage.ReadCanary, 100, false, Semantics.Safe, LateUnit, Side.New, DecisionReason.InsideShare)]
    [InlineData(Stage.ReadCanary, 100, false, Semantics.Idempotent, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.ReadCanary, 100, false, Semantics.Keyed, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.ReadCanary, 100, false, Semantics.None, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.ReadCanary, 100, true, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Killed)]
    [InlineData(Stage.Shadow, 0, true, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Killed)]
    [InlineData(Stage.WriteCanary, 100, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.NewPrimary, 0, false, Semantics.Safe, LateUnit, Side.New, DecisionReason.Stage)]
    [InlineData(Stage.NewPrimary, 0, false, Semantics.None, "", Side.New, DecisionReason.Stage)]
    [InlineData(Stage.NewPrimary, 0, true, Semantics.Keyed, LateUnit, Side.New, DecisionReason.Killed)]
    [InlineData(Stage.Retired, 0, false, Semantics.Idempotent, LateUnit, Side.New, DecisionReason.Stage)]
    public void Decide_EachCombination_GivesSideAndReason(
        Stage stage, double share, bool killed, Semantics semantics, string unit, Side side, DecisionReason reason)
    {
        var operation = TestPlan.At(stage, share, killed, semantics: semantics).FindOperation(TestPlan.OperationId)!;

        var decision = Decider.Decide(operation, new Requester(unit));

        (decision.Side, decision.Reason).ShouldBe((side, reason));
    }

    [Theory]
    [InlineData(Stage.Shadow, 0, false, Side.Legacy, DecisionReason.Stage)]
    [InlineData(Stage.ReadCanary, 98.3, false, Side.Legacy, DecisionReason.OutsideShare)]
    [InlineData(Stage.ReadCanary, 98.31, false, Side.New, DecisionReason.InsideShare)]
    [InlineData(Stage.ReadCanary, 98.31, true, Side.Legacy, DecisionReason.Killed)]
    [InlineData(Stage.NewPrimary, 0, false, Side.New, DecisionReason.Stage)]
    public void Decide_WriteWithItsDataOnLegacy_MovesWithTheReads(Stage stage, double share, bool killed, Side side, DecisionReason reason)
    {
        var write = TestPlan.Operation("POST", "/api/orders", Semantics.Keyed) with { DataOnLegacy = true };

        var decision = Decider.Decide(TestPlan.With(write, stage, share, killed), new Requester(LateUnit));

        (decision.Side, decision.Reason).ShouldBe((side, reason));
    }

    [Fact]
    public void Decide_ExcludedUnitWhereTheNewSideOwnsTheData_GoesToTheOwner()
    {
        var state = new CapabilityState(Stage.NewPrimary, 0, Killed: false) { Exclude = new UnitSet([LateUnit], []) };
        var plan = new Plan(1, TestPlan.Rules(), new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = state });

        Decider.Decide(plan.FindOperation(TestPlan.OperationId)!, new Requester(LateUnit)).Side.ShouldBe(Side.New);
    }

    [Theory]
    [InlineData(Stage.ReadCanary)]
    [InlineData(Stage.NewPrimary)]
    [InlineData(Stage.Retired)]
    public void Side_OfAFallback_IsLegacyAndOfNoneNew(Stage stage)
    {
        var operation = TestPlan.At(stage).FindOperation(TestPlan.OperationId)!;

        (operation[DecisionReason.Fallback].Side, operation[DecisionReason.NoFallback].Side).ShouldBe((Side.Legacy, Side.New));
    }

    [Fact]
    public void Decide_UnitLongerThanAnySession_IsNobody() =>
        Decider.Decide(Canary(99), new Requester(new string('x', Bucket.MaxUnitLength + 1))).Reason.ShouldBe(DecisionReason.NoUnit);

    [Fact]
    public void Decide_SameReasonTwice_GivesTheSameObject()
    {
        var operation = Canary(50);

        Decider.Decide(operation, new Requester("a")).ShouldBeSameAs(Decider.Decide(operation, new Requester("a")));
    }

    [Fact]
    public void HeaderValue_OfADecision_IsAStructuredItem() =>
        Decider.Decide(TestPlan.At(Stage.ReadCanary, 98.31, number: 12).FindOperation(TestPlan.OperationId)!, new Requester(LateUnit))
            .HeaderValue.ShouldBe("new;capability=catalog;stage=read-canary;reason=inside-share;plan=12");

    private static OperationPlan Canary(double share) => TestPlan.At(Stage.ReadCanary, share).FindOperation(TestPlan.OperationId)!;
}
