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
    public void Admitted_ProbesSucceed_GoesUpTheStepsAndCloses()
    {
        var bench = new Bench().HalfOpen();
        var seen = new List<double>();

        for (var step = 0; step < 4; step++)
        {
            seen.Add(bench.New.Admitted(bench.Now));
            bench.Attempt(AttemptOutcome.Answered);
            bench.Advance(bench.Rules.Recover.TotalSeconds / 4);
        }

        seen.ShouldBe([0.01, 0.05, 0.25, 1]);
        bench.New.Admitted(bench.Now).ShouldBe(1);
        bench.New.IsClosed.ShouldBeTrue();
        bench.Attempt(AttemptOutcome.Error);
        bench.New.IsClosed.ShouldBeTrue("what was before it closed does not count any more");
    }

    [Fact]
    public void Admitted_AStepFails_OpensAgain()
    {
        var bench = new Bench().HalfOpen();
        bench.Attempt(AttemptOutcome.Answered);
        bench.Advance(15);
        bench.New.Admitted(bench.Now).ShouldBe(0.05);

        bench.Attempt(AttemptOutcome.Error, 3);

        bench.Reading.State.ShouldBe(BreakerState.Open);
        bench.Reading.Trips.ShouldBe(2);
    }

    [Fact]
    public void Admitted_OneFailureAmongMany_DoesNotEndTheStep()
    {
        var bench = new Bench().HalfOpen();

        bench.Attempt(AttemptOutcome.Error);
        bench.Attempt(AttemptOutcome.Answered, 9);
        bench.Advance(15);

        bench.New.Admitted(bench.Now).ShouldBe(0.05);
    }

    [Fact]
    public void Read_TriesFailAtOnce_IsOneTripAndSickSinceTheFirst()
    {
        var bench = new Bench().HalfOpen();

        for (var i = 0; i < 5; i++)
        {
            bench.Attempt(AttemptOutcome.NotSent, 3);
            bench.Advance(bench.Rules.Pause.TotalSeconds);
            bench.New.Admitted(bench.Now).ShouldBe(0.01);
        }

        (bench.Reading.Trips, bench.New.AllTrips).ShouldBe((1, 1));
        bench.Reading.Sick!.Value.TotalSeconds.ShouldBe(30);
        bench.Reading.Trip!.Own.ShouldBe(new OutcomeCounts(20, 20));
    }

    [Fact]
    public void Read_AStepWasTaken_IsNotSickAnyMore()
    {
        var bench = new Bench().HalfOpen();
        bench.Attempt(AttemptOutcome.Answered);
        bench.Advance(15);
        _ = bench.New.Admitted(bench.Now);

        bench.Reading.Sick.ShouldBeNull();
        bench.Reading.Since!.Value.TotalSeconds.ShouldBe(20);
    }

    // Polly closes on a probe that was cancelled.
    [Fact]
    public void Leave_ProbeIsCancelled_NeitherClosesNorGoesOn()
    {
        var bench = new Bench().HalfOpen();

        for (var i = 0; i < 100; i++)
        {
            bench.Attempt(AttemptOutcome.Aborted);
            bench.Advance(1);
        }

        bench.New.Admitted(bench.Now).ShouldBe(0.01);
        bench.Attempt(AttemptOutcome.Answered);
        bench.New.Admitted(bench.Now).ShouldBe(0.05, "and it does not block those that come after it either");
    }

    // Polly rejects everything else for as long as its one probe hangs.
    [Fact]
    public void Enter_ProbeHangs_OthersAreLetInAndDecide()
    {
        var bench = new Bench().HalfOpen();
        var hanging = bench.New.Enter(bench.Now);

        bench.Advance(5);
        bench.New.Admitted(bench.Now).ShouldBe(0.01);
        bench.Attempt(AttemptOutcome.Answered);
        bench.Advance(10);

        bench.New.Admitted(bench.Now).ShouldBe(0.05);
        hanging.Leave(AttemptOutcome.Aborted, bench.Now);
        bench.New.Admitted(bench.Now).ShouldBe(0.05);
    }

    [Fact]
    public void Admitted_AllProbesHang_OpensAgainAfterTheirDeadline()
    {
        var bench = new Bench().HalfOpen();
        _ = bench.New.Enter(bench.Now);
        bench.Advance(10);
        bench.New.Admitted(bench.Now).ShouldBe(0.01);

        bench.Advance(0.1);

        bench.New.Admitted(bench.Now).ShouldBe(0);
        bench.Advance(5);
        bench.New.Admitted(bench.Now).ShouldBe(0.01, "the one that hangs belongs to a step that is over");
        bench.Attempt(AttemptOutcome.Answered);
        bench.Advance(15);
        bench.New.Admitted(bench.Now).ShouldBe(0.05);
    }

    [Fact]
    public void Admitted_AnswersThatTakeForEver_ShowAllTheSameThatTheSideIsAlive()
    {
        var bench = new Bench().HalfOpen();
        _ = bench.New.Enter(bench.Now);
        bench.New.Begin();

        bench.Advance(15);

        bench.New.Admitted(bench.Now).ShouldBe(0.05);
    }

    [Fact]
    public void Admitted_NobodyComes_LetsMoreInSoonButDoesNotClose()
    {
        var bench = new Bench().HalfOpen();

        bench.Advance(5);
        bench.New.Admitted(bench.Now).ShouldBe(0.05);
        bench.Advance(5);
        bench.New.Admitted(bench.Now).ShouldBe(0.25);
        bench.Advance(5);
        bench.New.Admitted(bench.Now).ShouldBe(1);
        bench.Advance(500);

        bench.New.Admitted(bench.Now).ShouldBe(1);
        bench.New.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void TryPass_HalfOpen_LetsEverySoManyPass()
    {
        var bench = new Bench().HalfOpen();

        Enumerable.Range(0, 1000).Count(_ => bench.New.TryPass(bench.Now)).ShouldBe(10);
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
