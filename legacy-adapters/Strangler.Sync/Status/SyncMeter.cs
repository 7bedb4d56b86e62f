using System.Diagnostics.Metrics;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Status;

/// <summary>The measurements of the engine.</summary>
internal sealed class SyncMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Strangler.Sync";

    private readonly Meter _meter;

    /// <summary>Makes the instruments.</summary>
    public SyncMeter(IMeterFactory factory)
    {
        _meter = factory.Create(Name);
        Transactions = _meter.CreateCounter<long>("strangler.sync.transactions", "{transaction}", "Source transactions applied.");
        Aggregates = _meter.CreateCounter<long>("strangler.sync.aggregates", "{aggregate}", "Aggregates read again, by outcome: written or equal.");
        Batch = _meter.CreateHistogram<double>("strangler.sync.apply.duration", "s", "Time to read, map and write one batch.");
        Gaps = _meter.CreateCounter<long>("strangler.sync.gaps", "{gap}", "Starts at which changes would have been missed, answered by a refill.");
        VisibilityWaits = _meter.CreateCounter<long>(
            "strangler.sync.visibility.waits", "{wait}", "Times a change was in the log before a snapshot saw it.");
        Failures = _meter.CreateCounter<long>("strangler.sync.failures", "{failure}", "Sessions and batches that failed and were tried again.");
    }

    /// <summary>Source transactions applied.</summary>
    public Counter<long> Transactions { get; }

    /// <summary>Aggregates read again.</summary>
    public Counter<long> Aggregates { get; }

    /// <summary>Seconds for one batch.</summary>
    public Histogram<double> Batch { get; }

    /// <summary>Gaps found at a start.</summary>
    public Counter<long> Gaps { get; }

    /// <summary>Times a snapshot did not see a change yet.</summary>
    public Counter<long> VisibilityWaits { get; }

    /// <summary>Failures that were tried again.</summary>
    public Counter<long> Failures { get; }

    /// <summary>Shows the status of streams as gauges.</summary>
    public void Observe(IReadOnlyList<StreamStatus> streams, TimeProvider clock)
    {
        _meter.CreateObservableGauge("strangler.sync.lag", () => Lags(streams, clock), "s", "Age of the watermark.");
        _meter.CreateObservableGauge(
            "strangler.sync.following",
            () => streams.Select(stream => new Measurement<int>(stream.State == StreamStates.Following ? 1 : 0, Tag(stream))),
            "{stream}",
            "1 while the target is complete up to the watermark.");
    }

    /// <summary>The label of a stream; so far all go from the old store to the new one.</summary>
    public static KeyValuePair<string, object?>[] Tag(StreamStatus stream) => [new("stream", stream.Name), new("direction", "forward")];

    private static IEnumerable<Measurement<double>> Lags(IReadOnlyList<StreamStatus> streams, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        foreach (var stream in streams)
        {
            if (stream.Report(now).LagSeconds is { } seconds)
            {
                yield return new Measurement<double>(seconds, Tag(stream));
            }
        }
    }
}
