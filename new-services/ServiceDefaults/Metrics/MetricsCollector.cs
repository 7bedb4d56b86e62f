using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace PrometheusText;

/// <summary>
/// Listens to meters of this process and writes what they measured in the Prometheus text format 0.0.4. Depends on the base
/// class library alone, because another assembly compiles the same sources.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>The Content-Type of <see cref="Scrape"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly HashSet<string> _meters;
    private readonly object? _scope;
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MetricFamily> _observed = new(StringComparer.Ordinal);

    /// <summary>Starts to listen.</summary>
    /// <param name="meters">The exact names of the meters to expose.</param>
    /// <param name="scope">
    /// The <see cref="IMeterFactory"/> of this application, so that of two applications in one process each shows its own;
    /// meters without a scope, such as the runtime's, are always shown.
    /// </param>
    public MetricsCollector(IEnumerable<string> meters, object? scope = null)
    {
        _meters = new(meters, StringComparer.Ordinal);
        _scope = scope;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>
    /// The whole exposition, sorted by name. Observable instruments are asked now; a series that they no longer name is gone.
    /// One whose callback throws is left out, and the others still appear.
    /// </summary>
    public string Scrape()
    {
        lock (_scrape)
        {
            foreach (var family in _observed.Values)
            {
                family.Clear();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // Every other instrument has been asked nevertheless; losing the whole scrape would hide them too.
            }

            var output = new StringBuilder();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                family.Write(output);
            }

            return output.ToString();
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    private void Publish(Instrument instrument, MeterListener source)
    {
        if (!_meters.Contains(instrument.Meter.Name)
            || (instrument.Meter.Scope is not null && instrument.Meter.Scope != _scope)
            || InstrumentShape.Family(instrument) is not { } fresh)
        {
            return;
        }

        // Two instruments may share a name; the format allows one TYPE per name, so the first decides.
        var family = _families.GetOrAdd(fresh.Name, fresh);
        if (family.Kind != fresh.Kind)
        {
            return;
        }

        if (instrument.IsObservable)
        {
            _observed.TryAdd(family.Name, family);
        }

        source.EnableMeasurementEvents(instrument, family);
    }
}
