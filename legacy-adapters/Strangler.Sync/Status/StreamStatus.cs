namespace Strangler.Sync.Status;

/// <summary>What is known of a stream, for those who ask from other threads.</summary>
internal sealed class StreamStatus(string name)
{
    private readonly Lock gate = new();
    private StreamState state = StreamState.Stopped;
    private string? error = "not started yet";
    private long filled;
    private long toFill;
    private long applied;

    /// <summary>The stream's name.</summary>
    public string Name { get; } = name;

    /// <summary>How far the target is complete.</summary>
    public Watermark Watermark { get; } = new();

    /// <summary>What it is doing.</summary>
    public StreamState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>It works: filling or, when all is filled, following.</summary>
    public void Working(bool filling, long filledKeys, long keysToFill)
    {
        lock (gate)
        {
            state = filling ? StreamState.Filling : StreamState.Following;
            error = null;
            filled = filledKeys;
            toFill = Math.Max(filledKeys, keysToFill);
        }
    }

    /// <summary>It cannot go on at present.</summary>
    public void Stopped(string reason)
    {
        lock (gate)
        {
            state = StreamState.Stopped;
            error = reason;
        }
    }

    /// <summary>Aggregates were written or deleted.</summary>
    public void Applied(int aggregates)
    {
        lock (gate)
        {
            applied += aggregates;
        }
    }

    /// <summary>The status as it is told to others.</summary>
    public StreamReport Report(DateTimeOffset now)
    {
        lock (gate)
        {
            var watermark = Watermark.Current;
            return new StreamReport(
                Name, state, watermark?.UtcDateTime, watermark is { } at ? Lag(now, at) : null, filled, toFill, applied, error);
        }
    }

    private static double Lag(DateTimeOffset now, DateTimeOffset watermark) => Math.Max(0, Math.Round((now - watermark).TotalSeconds, 3));
}
