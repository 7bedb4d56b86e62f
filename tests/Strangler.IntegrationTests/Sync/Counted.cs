using System.Diagnostics.Metrics;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Adds up what a counter of one application counts.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;

    public Counted(string instrument, IMeterFactory factory)
    {
        _listener.InstrumentPublished = (published, source) =>
        {
            if (published.Name == instrument && published.Meter.Scope == factory)
            {
                source.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _sum, value));
        _listener.Start();
    }

    /// <summary>The sum so far.</summary>
    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}
