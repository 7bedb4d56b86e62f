using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Telemetry;

/// <summary>What one side has answered for one capability since the edge started.</summary>
public sealed class SideCounters
{
    private const int Minutes = 60;
    private const int SecondsOfAMinute = 60;

    private readonly LatencyWindow _latency;
    private readonly LatencyWindow _hour;
    private long _requests;
    private long _errors;
    private long _aborted;

    internal SideCounters(TimeProvider time)
    {
        _latency = new LatencyWindow(time);
        _hour = new LatencyWindow(time, Minutes, SecondsOfAMinute);
    }

    /// <summary>Requests answered.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Those answered with a status of 500 or more.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Those whose client did not wait for the end.</summary>
    public long Aborted => Interlocked.Read(ref _aborted);

    /// <summary>The 95th percentile of the last <see cref="LatencyWindow.Seconds"/> seconds; null without requests.</summary>
    public TimeSpan? P95 => _latency.Quantile(0.95);

    /// <summary>The 95th percentile of the last hour; null without requests.</summary>
    public TimeSpan? P95OfTheHour => _hour.Quantile(0.95);

    internal void Record(int status, bool aborted, TimeSpan duration)
    {
        Interlocked.Increment(ref _requests);
        if (aborted) Interlocked.Increment(ref _aborted);
        else if (status >= StatusCodes.Status500InternalServerError) Interlocked.Increment(ref _errors);
        _latency.Record(duration);
        _hour.Record(duration);
    }
}
