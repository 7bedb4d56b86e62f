using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience;

namespace Strangler.Proxy.Telemetry;

/// <summary>Counts what the edge does, for the status and for the meter <see cref="MeterName"/>.</summary>
public sealed class EdgeMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Strangler.Proxy";

    // Label of requests that no capability claims.
    private const string Unclaimed = "_other";

    private readonly ConcurrentDictionary<string, CapabilityCounters> _capabilities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OperationTraffic> _operations = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Meter _meter;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _fallbacksRefused;

    /// <summary>Creates the instruments.</summary>
    public EdgeMetrics(IMeterFactory meters, ControlPlane control, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _meter = meters.Create(MeterName);
        _meter.CreateObservableCounter("strangler.requests", Requests, "{request}", "Requests by capability, answering side and outcome");
        _durations = _meter.CreateHistogram<double>("strangler.request.duration", "s", "Time from the first byte in to the last byte out");
        _fallbacks = _meter.CreateCounter<long>("strangler.fallbacks", "{request}", "Requests that the new side could not answer and legacy was asked for");
        _stale = _meter.CreateCounter<long>("strangler.stale.answers", "{request}", "Requests that nobody could answer and that got the last good answer");
        _fallbacksRefused = _meter.CreateCounter<long>("strangler.fallbacks.refused", "{request}", "Requests that legacy could have been asked for and was not: no budget, no capacity, no time");
        _meter.CreateObservableCounter("strangler.own.write.reads", OwnWriteReads, "{request}", "Reads that stayed on legacy because the client had just written and the new side might not know");
        _meter.CreateObservableGauge("strangler.capability.info", () => Info(control.Plans.Current), "{capability}", "Where each capability stands; always 1");
        _meter.CreateObservableGauge("strangler.capability.share", () => Shares(control.Plans.Current), "1", "Share of the units whose reads are on the new side");
        _meter.CreateObservableGauge("strangler.control.store.stale", () => control.Health.IsStale ? 1 : 0, "{store}", "1 while the control store is away and the edge goes on with its last good plan");
        _meter.CreateObservableGauge("strangler.plan.refused", () => control.Health.Refused is null ? 0 : 1, "{plan}", "1 while the store has a newer plan that this edge cannot use");
        _meter.CreateObservableGauge("strangler.local.overrides", () => control.Health.Overrides.Count, "{capability}", "Capabilities that this edge holds on legacy until the store knows");
        _meter.CreateObservableGauge("strangler.plan.number", () => control.Plans.Current.Number, "{plan}", "Number of the plan in force");
    }

    /// <summary>The counters of a capability.</summary>
    public CapabilityCounters Of(string capability) => _capabilities.GetOrAdd(capability, static (_, time) => new CapabilityCounters(time), _time);

    /// <summary>The traffic of an operation in the last hour, by <see cref="OperationPlan.Id"/>.</summary>
    public OperationTraffic OfOperation(string id) => _operations.GetOrAdd(id, static (_, edge) => new OperationTraffic(edge._time, edge._started), this);

    /// <summary>How many minutes the hour of the operations has: less than one when the edge has just started, at most <see cref="OperationTraffic.Minutes"/>.</summary>
    public double MinutesCounted => _time.GetElapsedTime(_started).TotalMinutes is var age && age < OperationTraffic.Minutes
        ? age
        : OperationTraffic.Minutes - 1 + (age % 1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Record(HttpContext context, RouteDecision? decision, TimeSpan duration)
    {
        var side = decision is { Side: Side.New } && context.Features.Get<FallbackFeature>() is null ? Side.New : Side.Legacy;
        var capability = decision?.Capability.Rules.Name ?? Unclaimed;
        Of(capability).On(side).Record(context.Response.StatusCode, context.RequestAborted.IsCancellationRequested, duration);
        if (decision is { Reason: DecisionReason.OwnWrite }) Of(capability).CountOwnWriteRead();
        if (decision is not null) OfOperation(decision.Operation.Id).Record(decision);
        _durations.Record(
            duration.TotalSeconds, new("capability", capability), new KeyValuePair<string, object?>("side", RouteDecision.ToName(side)));
    }

    internal void Fallback(CapabilityPlan capability, AttemptOutcome after)
    {
        Of(capability.Rules.Name).CountFallback();
        _fallbacks.Add(1, new("capability", capability.Rules.Name), new KeyValuePair<string, object?>("outcome", KebabNames<AttemptOutcome>.Of(after)));
    }

    internal void Stale(CapabilityPlan capability) => _stale.Add(1, new KeyValuePair<string, object?>("capability", capability.Rules.Name));

    internal void FallbackRefused(CapabilityPlan capability, FallbackObstacle obstacle) => _fallbacksRefused.Add(
        1, new("capability", capability.Rules.Name), new KeyValuePair<string, object?>("reason", KebabNames<FallbackObstacle>.Of(obstacle)));

    // Asked at the scrape, so that a request only counts once.
    private IEnumerable<Measurement<long>> Requests() =>
        from capability in _capabilities
        from side in Enum.GetValues<Side>()
        let counters = capability.Value.On(side)
        from outcome in new (string Name, long Count)[]
        {
            ("ok", counters.Requests - counters.Errors - counters.Aborted), ("error", counters.Errors), ("aborted", counters.Aborted),
        }
        where outcome.Count > 0
        select new Measurement<long>(
            outcome.Count, new("capability", capability.Key), new("side", RouteDecision.ToName(side)), new("outcome", outcome.Name));

    private IEnumerable<Measurement<long>> OwnWriteReads() =>
        from capability in _capabilities
        where capability.Value.OwnWriteReads > 0
        select new Measurement<long>(capability.Value.OwnWriteReads, new KeyValuePair<string, object?>("capability", capability.Key));

    private static IEnumerable<Measurement<int>> Info(Plan plan) => plan.Capabilities.Select(c => new Measurement<int>(
        1, new("capability", c.Rules.Name), new("stage", c.State.Stage.ToName()), new("killed", c.State.Killed)));

    private static IEnumerable<Measurement<double>> Shares(Plan plan) => plan.Capabilities.Select(c => new Measurement<double>(
        c.State.Killed ? 0 : c.State.Share / 100, new KeyValuePair<string, object?>("capability", c.Rules.Name)));
}
