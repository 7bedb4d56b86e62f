using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class BreakerTests
{
    [Theory]
    [InlineData(AttemptOutcome.NotSent)]
    [InlineData(AttemptOutcome.NoAnswer)]
    [InlineData(AttemptOutcome.Unavailable)]
    [InlineData(AttemptOutcome.Error)]
    [InlineData(AttemptOutcome.BrokenOff)]
    public void Leave_AsManyFailuresAsItTakes_Opens(AttemptOutcome failure)
    {
        var bench = new Bench();

        bench.Attempt(failure, bench.Rules.MinResults - 1);
        bench.New.IsClosed.ShouldBeTrue();
        bench.Attempt(failure);

        bench.New.Admitted(bench.Now).ShouldBe(0);
        bench.Reading.Trip!.Own.ShouldBe(new OutcomeCounts(20, 20));
    }

    [Theory]
    [InlineData(AttemptOutcome.Answered)]
    [InlineData(AttemptOutcome.Busy)]
    [InlineData(AttemptOutcome.Aborted)]
    public void Leave_NoFailureOfTheSide_StaysClosed(AttemptOutcome outcome)
    {
        var bench = new Bench();

        bench.Attempt(outcome, 1000);

        bench.New.IsClosed.ShouldBeTrue();
        bench.New.Counts(bench.Now).Failed.ShouldBe(0);
    }

    [Fact]
    public void Leave_ClientsThatHangUp_AreNotEvenResults()
    {
        var bench = new Bench();

        bench.Attempt(AttemptOutcome.Aborted, 1000);
        bench.Attempt(AttemptOutcome.Error, bench.Rules.MinResults);

        bench.New.IsClosed.ShouldBeFalse();
        bench.Reading.Trip!.Own.Total.ShouldBe(bench.Rules.MinResults);
    }

    // Polly's defaults ask for a hundred calls in thirty seconds: a capability with three requests a second would never be protected.
    [Theory]
    [InlineData(2.1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Leave_LowTrafficThatFails_OpensWithinAWindowAndAHalf(double perSecond)
    {
        var bench = new Bench();

        for (var i = 0; i < perSecond * bench.Rules.Window.TotalSeconds * 1.5 && bench.New.IsClosed; i++)
        {
            bench.Attempt(AttemptOutcome.NoAnswer);
            bench.Advance(1 / perSecond);
        }

        bench.New.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void Leave_OldFailures_AreForgotten()
    {
        var bench = new Bench();

        bench.Attempt(AttemptOutcome.Error, bench.Rules.MinResults - 1);
        bench.Advance(bench.Rules.Window.TotalSeconds + 1);
        bench.Attempt(AttemptOutcome.Error);

        bench.New.IsClosed.ShouldBeTrue();
        bench.New.Counts(bench.Now).ShouldBe(new OutcomeCounts(1, 1));
    }

    [Fact]
    public void Leave_TheOtherSideFailsAsMuch_StaysClosedOnBoth()
    {
        var bench = new Bench();

        // The first results of a shared failure come before either side has enough of them.
        for (var i = 0; i < 200; i++)
        {
            bench.Attempt(i % 3 == 0 ? AttemptOutcome.Answered : AttemptOutcome.Error, side: i % 2 == 0 ? Side.Legacy : Side.New);
            bench.Advance(0.1);
        }

        (bench.New.IsClosed, bench.Pair.Legacy.IsClosed).ShouldBe((true, true));
    }

    [Fact]
    public void Leave_TheOtherSideHasTooFewResults_RatioAloneDecides()
    {
        var bench = new Bench();
        bench.Attempt(AttemptOutcome.Error, (bench.Rules.MinResults / 4) - 1, Side.Legacy);

        bench.Trip();

        bench.New.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void Enter_BeganBeforeItOpened_SaysNothingOfTheTimeAfter()
    {
        var bench = new Bench();
        var late = Enumerable.Range(0, 10).Select(_ => bench.New.Enter(bench.Now)).ToList();
        bench.HalfOpen();

        foreach (var ticket in late) ticket.Leave(AttemptOutcome.NoAnswer, bench.Now);

        bench.Reading.State.ShouldBe(BreakerState.HalfOpen);
        bench.Reading.Probes.Total.ShouldBe(0);
    }

    [Fact]
    public void Obey_ResetNotSeenBefore_ClosesAndForgets()
    {
        var bench = new Bench();
        Obey(bench, 3);
        bench.Trip();

        Obey(bench, 3);
        bench.New.IsClosed.ShouldBeFalse();
        Obey(bench, 4);

        bench.New.IsClosed.ShouldBeTrue();
        bench.Reading.Trips.ShouldBe(0);
    }

    [Fact]
    public void Obey_OtherRules_HoldAtOnce()
    {
        var bench = new Bench();

        bench.New.Obey(bench.Rules with { MinResults = 3 }, TimeSpan.FromSeconds(10), 0, bench.Now);
        bench.Attempt(AttemptOutcome.Error, 3);

        bench.New.IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(BreakerState.Closed)]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    public void EnterAndLeave_InAnyState_AllocateNothing(BreakerState state)
    {
        var bench = new Bench(BreakerRules.Default with { Recover = TimeSpan.FromHours(1) });
        if (state == BreakerState.Open) bench.Trip();
        if (state == BreakerState.HalfOpen) bench.HalfOpen();
        var (now, toggle) = (bench.Now, false);

        Allocations.PerCall(() =>
        {
            toggle = !toggle;
            if (bench.New.Admitted(now) < 0 || !bench.Pair.Legacy.TryPass(now)) return;
            bench.New.Enter(now).Leave(toggle && state == BreakerState.Closed ? AttemptOutcome.Error : AttemptOutcome.Answered, now);
            bench.Pair.Legacy.Enter(now).Leave(toggle && state == BreakerState.Closed ? AttemptOutcome.Error : AttemptOutcome.Answered, now);
        }).ShouldBe(0);
        bench.Reading.State.ShouldBe(state);
    }

    private static void Obey(Bench bench, long resets) => bench.New.Obey(bench.Rules, TimeSpan.FromSeconds(10), resets, bench.Now);
}
