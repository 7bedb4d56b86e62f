using Strangler.Sync.Reading;

namespace Strangler.Sync.Status;

/// <summary>
/// The time up to which the target is complete: everything the source committed before it has been applied. It needs no traffic: the
/// source's position is noted with our clock again and again, and once a position is applied, its time is the watermark.
/// </summary>
internal sealed class Watermark
{
    /// <summary>The most positions kept; when there are more, every second one is forgotten.</summary>
    public const int MaxSamples = 4096;

    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset Time, Lsn Position)> _pending = [];
    private DateTimeOffset? _current;

    /// <summary>The watermark; null while the target is not complete.</summary>
    public DateTimeOffset? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>The oldest position that is not applied yet.</summary>
    public (DateTimeOffset Time, Lsn Position)? OldestPending
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count == 0 ? null : _pending[0];
            }
        }
    }

    /// <summary>Notes a position.</summary>
    /// <param name="time">A time before the position was asked for.</param>
    /// <param name="position">Where the source wrote then.</param>
    public void Note(DateTimeOffset time, Lsn position)
    {
        lock (_gate)
        {
            if (_pending.Count == MaxSamples)
            {
                var odd = false;
                _pending.RemoveAll(_ => odd = !odd);
            }

            _pending.Add((time, position));
        }
    }

    /// <summary>Everything up to this position has been applied.</summary>
    public void Applied(Lsn position)
    {
        lock (_gate)
        {
            var passed = _pending.FindIndex(sample => sample.Position > position);
            var count = passed < 0 ? _pending.Count : passed;
            if (count > 0)
            {
                _current = _pending[count - 1].Time;
                _pending.RemoveRange(0, count);
            }
        }
    }

    /// <summary>Forgets the positions, as they are of an ended session.</summary>
    /// <param name="complete">Whether the target is still complete up to the watermark.</param>
    public void Restart(bool complete)
    {
        lock (_gate)
        {
            _pending.Clear();
            _current = complete ? _current : null;
        }
    }
}
