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
        Observe(streams, clock, "strangler.sync.lag.size", "By", "Log of the source that has not been applied.", report => report.LagBytes);
        Observe(streams, clock, "strangler.sync.waiting", "{aggregate}", "Aggregates noted to be brought over later, counted up to 100,000.", report => report.Waiting);
        Observe(streams, clock, "strangler.sync.dead_letters", "{aggregate}", "Aggregates that fail.", report => report.DeadLetters);
        Observe(streams, clock, "strangler.sync.paused", "{entity}", "Kinds of aggregates that stand still.", report => report.Paused.Count);
    }

    /// <summary>Shows what sources keep for us as gauges.</summary>
    public void Observe(IReadOnlyList<SourceStatus> sources)
    {
        _meter.CreateObservableGauge(
            "strangler.sync.retained.size", () => Sizes(sources, report => report.RetainedBytes), "By", "Log that the source keeps for us.");
        _meter.CreateObservableGauge(
            "strangler.sync.safe.size", () => Sizes(sources, report => report.SafeWalBytes), "By", "Log that the source may still write before it throws away what we need.");
        _meter.CreateObservableGauge(
            "strangler.sync.leader", () => Sizes(sources, report => report.Leader ? 1 : 0), "{source}", "1 while this process follows the source.");
    }

    private void Observe(IReadOnlyList<StreamStatus> streams, TimeProvider clock, string name, string unit, string what, Func<StreamReport, long?> value) =>
        _meter.CreateObservableGauge(name, () => Values(streams, clock, value), unit, what);

    private static IEnumerable<Measurement<long>> Values(IReadOnlyList<StreamStatus> streams, TimeProvider clock, Func<StreamReport, long?> value)
    {
        var now = clock.GetUtcNow();
        foreach (var stream in streams)
        {
            if (value(stream.Report(now)) is { } known)
            {
                yield return new Measurement<long>(known, Tag(stream));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Sizes(IReadOnlyList<SourceStatus> sources, Func<SourceReport, long?> value)
    {
        foreach (var report in sources.Select(source => source.Report()))
        {
            if (value(report) is { } known)
            {
                yield return new Measurement<long>(known, new KeyValuePair<string, object?>("source", report.Name));
            }
        }
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
