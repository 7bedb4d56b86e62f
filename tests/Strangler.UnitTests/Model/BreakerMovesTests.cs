using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Model;

public sealed class BreakerMovesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly CapabilityState Canary = new(Stage.ReadCanary, 10, Killed: false);
    private static readonly CapabilityState Lowered = new(Stage.Shadow, 0, Killed: false) { CoolDown = new CoolDown(Now.AddMinutes(22.4), "37 of 40 requests failed") };

    [Theory]
    [InlineData(Side.New)]
    [InlineData(Side.Legacy)]
    public void Isolate_ASide_HoldsThatOneOpen(Side side)
    {
        var after = Apply(Canary, new Move(Verb.Isolate) { Side = side }).State!;

        after.BreakerOf(side).ShouldBe(new BreakerOrder(Isolated: true, 0));
        after.BreakerOf(side == Side.New ? Side.Legacy : Side.New).ShouldBe(BreakerOrder.None);
        (after.Stage, after.Share).ShouldBe((Stage.ReadCanary, 10));
    }

    [Fact]
    public void Isolate_Again_IsRefusedWithTheWayOut() =>
        Apply(Canary with { LegacyBreaker = new BreakerOrder(Isolated: true, 0) }, new Move(Verb.Isolate) { Side = Side.Legacy }).Refusal
            .ShouldBe("the breaker of legacy of 'catalog' is isolated already; to end that: strangler breaker reset catalog --side legacy");

    [Fact]
    public void Reset_Always_EndsTheIsolationAndTellsEveryEdge()
    {
        Apply(Canary with { NewBreaker = new BreakerOrder(Isolated: true, 4) }, new Move(Verb.Reset)).State!.NewBreaker.ShouldBe(new BreakerOrder(Isolated: false, 5));
        Apply(Canary, new Move(Verb.Reset)).State!.NewBreaker.ShouldBe(new BreakerOrder(Isolated: false, 1));
    }

    [Fact]
    public void Promote_NewSideIsolated_IsRefused() =>
        Apply(Canary with { NewBreaker = new BreakerOrder(Isolated: true, 0) }, new Move(Verb.Promote) { Share = 50 }).Refusal
            .ShouldBe("the new side of 'catalog' is isolated, so nobody who is admitted would get there; first: strangler breaker reset catalog");

    [Fact]
    public void Promote_InTheCoolDown_IsRefusedWithReasonAndTimeLeft() =>
        Apply(Lowered, new Move(Verb.Promote) { Share = 10 }).Refusal.ShouldBe(
            "'catalog' was lowered by its breaker and is not raised for another 23 min (37 of 40 requests failed); to raise it all the same: strangler promote catalog --despite-cool-down");

    [Fact]
    public void Promote_DespiteTheCoolDown_IsAllowedAndEndsIt()
    {
        var after = Apply(Lowered, new Move(Verb.Promote) { Share = 10, DespiteCoolDown = true }).State!;

        (after.Stage, after.CoolDown).ShouldBe((Stage.ReadCanary, null));
    }

    [Fact]
    public void Promote_CoolDownIsOver_IsAllowed() =>
        Apply(Lowered with { CoolDown = new CoolDown(Now, "x") }, new Move(Verb.Promote) { Share = 10 }).State!.Stage.ShouldBe(Stage.ReadCanary);

    [Theory]
    [InlineData(Verb.Rollback)]
    [InlineData(Verb.Kill)]
    [InlineData(Verb.Hold)]
    public void Lower_InTheCoolDown_IsNeverRefused(Verb verb) => Apply(Lowered, new Move(verb)).Refusal.ShouldBeNull();

    [Theory]
    [InlineData(Verb.Isolate, Right.Lower)]
    [InlineData(Verb.Reset, Right.Raise)]
    public void NeededFor_Breaker_LowersOrRaises(Verb verb, Right right) => Rights.NeededFor(new Move(verb)).ShouldBe(right);

    private static Transition Apply(CapabilityState state, Move move) =>
        Transitions.Apply(new Standing("catalog", state, null, GateEvidence.None) { Now = Now }, move);
}
