namespace PrometheusText;

/// <summary>The type of a metric family, as the TYPE line of the exposition names it in lower case.</summary>
internal enum MetricKind
{
    /// <summary>Only ever rises.</summary>
    Counter,

    /// <summary>Rises and falls.</summary>
    Gauge,

    /// <summary>Counts observations in buckets.</summary>
    Histogram,
}
