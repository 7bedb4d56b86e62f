namespace Strangler.Sync.Status;

/// <summary>Says how long a backfill still takes, from how long it has taken so far.</summary>
internal sealed class FillClock
{
    private DateTimeOffset? _began;
    private long _from;

    /// <summary>Seconds; null when none runs, or it has only begun.</summary>
    public double? SecondsLeft { get; private set; }

    /// <summary>Notes progress.</summary>
    public void Note(bool isActive, long filled, long toFill, DateTimeOffset now)
    {
        if (!isActive || _began is null || filled < _from)
        {
            _began = isActive ? now : null;
            _from = filled;
            SecondsLeft = null;
            return;
        }

        var done = filled - _from;
        SecondsLeft = done == 0 ? null : Math.Round((now - _began.Value).TotalSeconds / done * Math.Max(0, toFill - filled), 1);
    }
}
