namespace Strangler.Proxy.Shadow.Targets;

/// <summary>
/// Stops asking a target that has not answered some times in a row. After a while one probe goes through; its answer closes the breaker, its
/// failure opens it again. A probe that is never heard of again is given up after the longest time that an ask may take, and one that was
/// cancelled says nothing: neither can keep the breaker half-open for good, nor close it.
/// </summary>
internal sealed class TargetBreaker(ShadowOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private long _openUntil;
    private long _probeUntil;

    /// <summary>True while not even a probe would go through. Waits for nothing.</summary>
    public bool IsOpen => Interlocked.Read(ref _openUntil) is var until and > 0 && time.GetTimestamp() < until;

    /// <summary>True if the target may be asked now; then tell what came of it.</summary>
    public bool TryPass()
    {
        if (Interlocked.Read(ref _openUntil) == 0) return true;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_openUntil == 0) return true;
            if (now < _openUntil || now < _probeUntil) return false;
            _probeUntil = now + ToTicks(options.Timeout);
            return true;
        }
    }

    /// <summary>The target has answered, whatever it said.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _failures = 0;
            Interlocked.Exchange(ref _openUntil, 0);
            _probeUntil = 0;
        }
    }

    /// <summary>The target has not answered.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            _failures++;
            var now = time.GetTimestamp();

            // While it is open, those come home that were under way when it opened: they change nothing.
            if (now < _openUntil || _openUntil == 0 && _failures < options.BreakerFailures) return;
            Interlocked.Exchange(ref _openUntil, now + ToTicks(options.BreakerPause));
            _probeUntil = 0;
        }
    }

    /// <summary>The ask was cancelled: the next one is the probe.</summary>
    public void Cancelled()
    {
        lock (_lock) _probeUntil = 0;
    }

    private long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
