namespace Strangler.Sync.Status;

/// <summary>What is known of a stream, for those who ask from other threads.</summary>
internal sealed class StreamStatus(string name)
{
    private readonly Lock _gate = new();
    private StreamState _state = StreamState.Stopped;
    private string? _error = "not started yet";
    private long _filled;
    private long _toFill;
    private long _applied;

    /// <summary>The stream's name.</summary>
    public string Name { get; } = name;

    /// <summary>How far the target is complete.</summary>
    public Watermark Watermark { get; } = new();

    /// <summary>What it is doing.</summary>
    public StreamState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>It works: filling or, when all is filled, following.</summary>
    public void Working(bool filling, long filledKeys, long keysToFill)
    {
        lock (_gate)
        {
            _state = filling ? StreamState.Filling : StreamState.Following;
            _error = null;
            _filled = filledKeys;
            _toFill = Math.Max(filledKeys, keysToFill);
        }
    }

    /// <summary>It cannot go on at present.</summary>
    public void Stopped(string reason)
    {
        lock (_gate)
        {
            _state = StreamState.Stopped;
            _error = reason;
        }
    }

    /// <summary>Aggregates were written or deleted.</summary>
    public void Applied(int aggregates)
    {
        lock (_gate)
        {
            _applied += aggregates;
        }
    }

    /// <summary>The status as it is told to others.</summary>
    public StreamReport Report(DateTimeOffset now)
    {
        lock (_gate)
        {
            var watermark = Watermark.Current;
            return new StreamReport(
                Name, _state, watermark?.UtcDateTime, watermark is { } at ? Lag(now, at) : null, _filled, _toFill, _applied, _error);
        }
    }

    private static double Lag(DateTimeOffset now, DateTimeOffset watermark) => Math.Max(0, Math.Round((now - watermark).TotalSeconds, 3));
}
