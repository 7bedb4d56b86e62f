namespace Strangler.Core.Resilience;

/// <summary>
/// What a breaker is between two of its changes. The facts never change; the numbers at the end are those of the probes of a half-open step. Whoever
/// asks the side keeps the phase in which it began, so that what comes home late is not taken for news.
/// </summary>
internal sealed class BreakerPhase
{
    private int _inFlight;
    private int _good;
    private int _failed;
    private int _began;
    private int _asked;
    private long _firstProbe = -1;
    private long _lastProbe;

    public required BreakerState State { get; init; }

    /// <summary>When it began.</summary>
    public required TimeSpan Since { get; init; }

    /// <summary>Grows with each opening: attempts of an earlier one say nothing of this one.</summary>
    public long Generation { get; init; }

    /// <summary>Which step of the recovery it is, from 0.</summary>
    public int Step { get; init; }

    /// <summary>Whether a step of this recovery was taken because probes had succeeded.</summary>
    public bool HasRecovered { get; init; }

    /// <summary>Why it is not closed; of the last time, when it is. Null when it has never opened.</summary>
    public BreakerTrip? Trip { get; init; }

    /// <summary>When it has opened, the last times; a try that failed at once is no new one.</summary>
    public IReadOnlyList<TimeSpan> Trips { get; init; } = [];

    /// <summary>The results of the probes.</summary>
    public OutcomeCounts Probes => (Volatile.Read(ref _failed), Volatile.Read(ref _good)) is var (failed, good) ? new OutcomeCounts(failed, failed + good) : default;

    /// <summary>True when a probe has succeeded, or its answer has begun.</summary>
    public bool HasSucceeded => Volatile.Read(ref _good) > 0 || Volatile.Read(ref _began) > 0;

    /// <summary>
    /// True when for some time there was nobody from whom a result could come, and none is there. Whoever hangs up says nothing of the side; as long as
    /// they come and hang up, somebody is there all the same.
    /// </summary>
    public bool IsEmpty(TimeSpan now, TimeSpan quiet) =>
        Volatile.Read(ref _inFlight) == 0 && Volatile.Read(ref _began) == 0 && Probes.Total == 0
        && now.Ticks - Math.Max(Since.Ticks, Interlocked.Read(ref _lastProbe)) >= quiet.Ticks;

    /// <summary>True when probes are under way and nothing was heard of any of them for longer than a probe may take.</summary>
    public bool IsHung(TimeSpan now, TimeSpan deadline) =>
        Volatile.Read(ref _inFlight) > 0 && Volatile.Read(ref _began) == 0 && Probes.Total == 0
        && Interlocked.Read(ref _firstProbe) is >= 0 and var first && now.Ticks - first > deadline.Ticks;

    public void Enter(TimeSpan now)
    {
        if (State != BreakerState.HalfOpen) return;
        Interlocked.Increment(ref _inFlight);
        if (Interlocked.Read(ref _firstProbe) < 0) Interlocked.CompareExchange(ref _firstProbe, now.Ticks, -1);
    }

    public void Leave(TimeSpan now)
    {
        if (State != BreakerState.HalfOpen) return;
        Interlocked.Exchange(ref _lastProbe, now.Ticks);

        // When none is left, the clock of those who hang begins anew with the next one.
        if (Interlocked.Decrement(ref _inFlight) == 0) Interlocked.Exchange(ref _firstProbe, -1);
    }

    public void Settle(bool failed) => Interlocked.Increment(ref failed ? ref _failed : ref _good);

    public void Begin() => Volatile.Write(ref _began, 1);

    /// <summary>The number of this question whether somebody may pass, from 0.</summary>
    public int Ask() => Interlocked.Increment(ref _asked) - 1;
}
