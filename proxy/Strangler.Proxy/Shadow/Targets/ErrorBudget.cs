namespace Strangler.Proxy.Shadow.Targets;

/// <summary>
/// How many of a capability's last copies may fail before it is left in peace for a while: a new side that answers every other request with an error
/// gains nothing from more of them. It counts what the breaker does not see, answers with 5xx among them.
/// </summary>
internal sealed class ErrorBudget(ShadowOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly bool[] _last = new bool[options.ErrorWindow];
    private int _next;
    private int _count;
    private int _failed;
    private long _pausedUntil;

    /// <summary>True while nothing is copied. Waits for nothing.</summary>
    public bool IsSpent => Interlocked.Read(ref _pausedUntil) is var until and > 0 && time.GetTimestamp() < until;

    /// <summary>Counts a copy. When more than half of the last ones have failed, the pause begins and counting starts anew.</summary>
    public void Count(bool failed)
    {
        lock (_lock)
        {
            if (_count == _last.Length && _last[_next]) _failed--;
            _last[_next] = failed;
            if (failed) _failed++;
            _next = (_next + 1) % _last.Length;
            _count = Math.Min(_count + 1, _last.Length);
            if (_count < _last.Length || _failed * 2 <= _count) return;
            (_next, _count, _failed) = (0, 0, 0);
            Interlocked.Exchange(ref _pausedUntil, time.GetTimestamp() + (long)(options.ErrorPause.TotalSeconds * time.TimestampFrequency));
        }
    }
}
