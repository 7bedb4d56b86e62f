using Strangler.Core.Model;

namespace Strangler.Core.Resilience;

/// <summary>
/// The breaker of one side of one capability. It opens when enough of the last results have failed, and clearly more than on the other side at the same
/// time. After a pause it lets the lowest buckets in again, 1, 5, 25 and 100 % of them, each step only when those before have succeeded. Reading and
/// counting wait for nothing and allocate nothing; only a change of the phase makes a new one.
/// </summary>
public sealed class Breaker
{
    // So many failures end a half-open step before its time is over.
    private const int Hopeless = 3;
    private const int KeptTrips = 16;

    // The other side is asked with a part of the results already: what chance does with few of them is reckoned with.
    private const int EnoughOfTheOther = 4;

    private static readonly double[] Steps = [0.01, 0.05, 0.25, 1];

    private readonly Func<Breaker> _other;
    private readonly Action<BreakerReading>? _changed;
    private BreakerRules _rules;
    private OutcomeWindow _window;
    private BreakerPhase _phase = new() { State = BreakerState.Closed, Since = TimeSpan.Zero };
    private TimeSpan _probeDeadline = NewSideRules.DefaultTimeout;
    private long _resets = -1;
    private long _allTrips;

    internal Breaker(BreakerRules rules, Func<Breaker> other, Action<BreakerReading>? changed)
    {
        (_rules, _other, _changed) = (rules, other, changed);
        _window = new OutcomeWindow(rules.Window);
    }

    /// <summary>How many resets of operators it has obeyed: whoever reads this first and then the rest never takes old news for new.</summary>
    public long Resets => Interlocked.Read(ref _resets);

    /// <summary>How often it has opened so far.</summary>
    public long AllTrips => Interlocked.Read(ref _allTrips);

    /// <summary>True while everybody is let in.</summary>
    public bool IsClosed => Volatile.Read(ref _phase).State == BreakerState.Closed;

    /// <summary>Share of the units that are let in, the lowest buckets first: 0 to 1. Those without a unit are let in at 1.</summary>
    public double Admitted(TimeSpan now) => Admitted(Present(now));

    /// <summary>True when somebody without a unit, or whose unit does not matter, may ask: at half-open as many as the step says.</summary>
    public bool TryPass(TimeSpan now)
    {
        var phase = Present(now);
        return phase.State switch
        {
            BreakerState.Closed => true,
            BreakerState.Open => false,
            _ => phase.Ask() % (int)Math.Round(1 / Steps[phase.Step]) == 0,
        };
    }

    /// <summary>An attempt begins. Say how it ends.</summary>
    public BreakerTicket Enter(TimeSpan now)
    {
        var phase = Present(now);
        phase.Enter(now);
        return new BreakerTicket(this, phase);
    }

    /// <summary>The answer to some probe has begun: the side is alive, however long the answer takes.</summary>
    public void Begin()
    {
        if (Volatile.Read(ref _phase) is { State: BreakerState.HalfOpen } phase) phase.Begin();
    }

    /// <summary>Takes what a new plan says: other rules at once, and a reset that it has not seen yet.</summary>
    /// <param name="rules">The rules of the capability.</param>
    /// <param name="probeDeadline">Longest time that a half-open step waits for a word of its first probe.</param>
    /// <param name="resets">How often operators have reset it.</param>
    /// <param name="now">The time.</param>
    public void Obey(BreakerRules rules, TimeSpan probeDeadline, long resets, TimeSpan now)
    {
        if (rules.Window != _rules.Window) Volatile.Write(ref _window, new OutcomeWindow(rules.Window));
        Volatile.Write(ref _rules, rules);
        _probeDeadline = probeDeadline;
        if (Resets >= 0 && Resets < resets) Close(now);
        Interlocked.Exchange(ref _resets, resets);
    }

    /// <summary>What there is to say of it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="within">How far back trips count.</param>
    public BreakerReading Read(TimeSpan now, TimeSpan within) => Reading(Present(now), now, within);

    /// <summary>The results in its window.</summary>
    public OutcomeCounts Counts(TimeSpan now) => Volatile.Read(ref _window).Read(now);

    internal void Leave(BreakerPhase began, AttemptOutcome outcome, TimeSpan now)
    {
        began.Leave(now);
        if (outcome == AttemptOutcome.Aborted) return;
        var failed = outcome is not (AttemptOutcome.Answered or AttemptOutcome.Busy);
        var phase = Volatile.Read(ref _phase);
        if (began.Generation != phase.Generation) return;
        Volatile.Read(ref _window).Record(failed, now);
        if (phase.State == BreakerState.HalfOpen)
        {
            phase.Settle(failed);
            Step(phase, now);
        }
        else if (failed && phase.State == BreakerState.Closed)
        {
            var counts = Volatile.Read(ref _window).Read(now, phase.Since);
            if (counts.Total >= _rules.MinResults) OpenIfSick(phase, counts, now);
        }
    }

    private static double Admitted(BreakerPhase phase) => phase.State switch
    {
        BreakerState.Closed => 1,
        BreakerState.Open => 0,
        _ => Steps[phase.Step],
    };

    // What only time changes is changed by whoever looks first.
    private BreakerPhase Present(TimeSpan now)
    {
        var phase = Volatile.Read(ref _phase);
        if (phase.State == BreakerState.Closed) return phase;
        if (phase.State == BreakerState.HalfOpen) Step(phase, now);
        else if (now - phase.Since >= _rules.Pause) TryMove(phase, NextStep(phase, 0, now, phase.HasRecovered), now);
        return Volatile.Read(ref _phase);
    }

    private void Step(BreakerPhase phase, TimeSpan now)
    {
        var rules = Volatile.Read(ref _rules);
        var (probes, stepTime) = (phase.Probes, rules.Recover / Steps.Length);
        var isOver = now - phase.Since >= stepTime;
        if ((probes.Failed >= Hopeless || isOver && probes.Failed > 0) && OpenIfSick(phase, probes, now)) return;
        if (phase.IsHung(now, _probeDeadline)) Open(phase, probes, default, now);
        else if (isOver && phase.HasSucceeded) Advance(phase, hasRecovered: true, now);
        else if (phase.Step < Steps.Length - 1 && phase.IsEmpty(now, stepTime < rules.Pause ? stepTime : rules.Pause)) Advance(phase, phase.HasRecovered, now);
    }

    private void Advance(BreakerPhase phase, bool hasRecovered, TimeSpan now)
    {
        var next = phase.Step < Steps.Length - 1
            ? NextStep(phase, phase.Step + 1, now, hasRecovered)
            : new BreakerPhase { State = BreakerState.Closed, Since = now, Generation = phase.Generation, Trips = phase.Trips };
        TryMove(phase, next, now);
    }

    private static BreakerPhase NextStep(BreakerPhase phase, int step, TimeSpan now, bool hasRecovered) => new()
    {
        State = BreakerState.HalfOpen,
        Since = now,
        Generation = phase.Generation,
        Step = step,
        HasRecovered = hasRecovered,
        Trip = phase.Trip,
        Trips = phase.Trips,
    };

    // It forgets why it was open, too: what was before is no reason any more.
    private void Close(TimeSpan now)
    {
        while (true)
        {
            var phase = Volatile.Read(ref _phase);
            if (phase is { State: BreakerState.Closed, Trips.Count: 0 }) return;
            if (TryMove(phase, new BreakerPhase { State = BreakerState.Closed, Since = now, Generation = phase.Generation + 1 }, now)) return;
        }
    }

    private bool OpenIfSick(BreakerPhase phase, OutcomeCounts own, TimeSpan now)
    {
        var rules = Volatile.Read(ref _rules);
        if (own.Ratio < rules.Ratio) return false;
        var other = _other().Counts(now);
        if (other.Total >= Math.Max(1, rules.MinResults / EnoughOfTheOther) && !own.Exceeds(other, rules.Excess)) return false;
        Open(phase, own, other, now);
        return true;
    }

    private void Open(BreakerPhase phase, OutcomeCounts own, OutcomeCounts other, TimeSpan now)
    {
        // A try that fails at once is the same failure still; one that fails after others have succeeded is the next.
        var isNew = phase.State == BreakerState.Closed || phase.HasRecovered;
        var opened = TryMove(phase, new BreakerPhase
        {
            State = BreakerState.Open,
            Since = now,
            Generation = phase.Generation + 1,
            Trip = isNew ? new BreakerTrip(now, own, other) : phase.Trip,
            Trips = isNew ? [.. phase.Trips.TakeLast(KeptTrips - 1), now] : phase.Trips,
        }, now);
        if (opened && isNew) Interlocked.Increment(ref _allTrips);
    }

    private bool TryMove(BreakerPhase from, BreakerPhase to, TimeSpan now)
    {
        if (Interlocked.CompareExchange(ref _phase, to, from) != from) return false;
        _changed?.Invoke(Reading(to, now, TimeSpan.Zero));
        return true;
    }

    private BreakerReading Reading(BreakerPhase phase, TimeSpan now, TimeSpan within)
    {
        var isClosed = phase.State == BreakerState.Closed;
        var since = isClosed ? (TimeSpan?)null : now - phase.Trip!.At;
        return new BreakerReading(
            phase.State,
            Admitted(phase),
            since,
            isClosed ? null : phase.Trip,
            phase.State == BreakerState.Open ? TimeSpan.FromTicks(Math.Max(0, (_rules.Pause - (now - phase.Since)).Ticks)) : null,
            phase.Probes,
            isClosed || phase.HasRecovered ? null : since,
            phase.Trips.Count(at => now - at <= within));
    }
}
