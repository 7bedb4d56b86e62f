using System.Diagnostics.Metrics;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Adds up what a counter of one application counts.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener listener = new();
    private long sum;

    public Counted(string instrument, IMeterFactory factory)
    {
        listener.InstrumentPublished = (published, source) =>
        {
            if (published.Name == instrument && published.Meter.Scope == factory)
            {
                source.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref sum, value));
        listener.Start();
    }

    /// <summary>The sum so far.</summary>
    public long Sum => Interlocked.Read(ref sum);

    public void Dispose() => listener.Dispose();
}
