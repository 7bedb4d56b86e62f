namespace Strangler.Proxy.Adapters;

/// <summary>The last look at the adapters, for whoever needs one: one reference, read by requests and replaced by <see cref="WatermarkClient"/>.</summary>
internal sealed class AdapterView
{
    /// <summary>
    /// By how much the adapters' clock may be ahead of an edge's that has never reached them: 10 s. Once it has, the clocks are measured, and a
    /// look that fails later does not make the measurement wrong.
    /// </summary>
    public static readonly TimeSpan UnknownClock = TimeSpan.FromSeconds(10);

    private AdapterReading? _current;
    private AdapterReading? _measured;

    /// <summary>The last look; null when there are no adapters, or they did not answer.</summary>
    public AdapterReading? Current => Volatile.Read(ref _current);

    /// <summary>Replaces the last look.</summary>
    public void Show(AdapterReading? reading)
    {
        if (reading is not null) Volatile.Write(ref _measured, reading);
        Volatile.Write(ref _current, reading);
    }

    /// <summary>
    /// The latest that the adapters' clock can have shown at an instant of the edge's: as Unix time in milliseconds, rounded up. A watermark
    /// that is not before it has certainly passed the instant, whichever edge compares them.
    /// </summary>
    public long LatestByAdapters(DateTimeOffset instant)
    {
        var ahead = Volatile.Read(ref _measured) is { } reading ? reading.ClockOffset + reading.Margin : UnknownClock;
        var ticks = instant.UtcTicks + ahead.Ticks - DateTimeOffset.UnixEpoch.UtcTicks;
        return Math.Max(0, (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
    }
}
