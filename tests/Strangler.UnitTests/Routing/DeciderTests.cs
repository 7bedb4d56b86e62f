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
    [InlineData(Stage.NewPrimary, 0, false, Semantics.Safe, LateUnit, Side.Legacy, DecisionReason.Stage)]
    public void Decide_EachCombination_GivesSideAndReason(
        Stage stage, double share, bool killed, Semantics semantics, string unit, Side side, DecisionReason reason)
    {
        var operation = TestPlan.At(stage, share, killed, semantics: semantics).FindOperation(TestPlan.OperationId)!;

        var decision = Decider.Decide(operation, new Requester(unit));

        (decision.Side, decision.Reason).ShouldBe((side, reason));
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
