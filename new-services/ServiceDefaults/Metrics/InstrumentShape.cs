using System.Diagnostics.Metrics;

namespace PrometheusText;

/// <summary>What an instrument becomes in the exposition.</summary>
internal static class InstrumentShape
{
    private static readonly double[] SecondBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] OtherBuckets =
        [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000];

    /// <summary>A new family for the instrument; <c>null</c> for a kind of instrument that is not known.</summary>
    public static MetricFamily? Family(Instrument instrument)
    {
        if (instrument.GetType() is not { IsGenericType: true } type)
        {
            return null;
        }

        var definition = type.GetGenericTypeDefinition();
        var kind = Kind(definition);
        var name = MetricNames.Family(instrument.Name, instrument.Unit, kind);
        var help = string.IsNullOrWhiteSpace(instrument.Description) ? instrument.Name : instrument.Description;
        if (kind == MetricKind.Histogram)
        {
            var boundaries = Boundaries(instrument);
            return new MetricFamily(name, help, kind, labels => new HistogramSeries(labels, boundaries));
        }

        var accumulates = definition == typeof(Counter<>) || definition == typeof(UpDownCounter<>);
        return new MetricFamily(name, help, kind, labels => new ValueSeries(labels, accumulates));
    }

    private static MetricKind Kind(Type definition)
    {
        if (definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>))
        {
            return MetricKind.Counter;
        }

        return definition == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
    }

    private static double[] Boundaries(Instrument instrument)
    {
        IEnumerable<double>? advised = instrument switch
        {
            Histogram<double> doubles => doubles.Advice?.HistogramBucketBoundaries,
            Histogram<long> longs => longs.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            Histogram<int> ints => ints.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            _ => null,
        };
        return advised?.ToArray() ?? (instrument.Unit == "s" ? SecondBuckets : OtherBuckets);
    }
}
