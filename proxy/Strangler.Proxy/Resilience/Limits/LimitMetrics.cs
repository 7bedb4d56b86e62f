using System.Diagnostics.Metrics;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Resilience.LongLived;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>What the limits do, for the meter.</summary>
internal sealed class LimitMetrics : IDisposable
{
    private const string All = "_all";

    private readonly Meter _meter;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _rateLimited;

    public LimitMetrics(IMeterFactory meters, ConcurrencyLimits limits, LongLivedConnections longLived)
    {
        _meter = meters.Create(EdgeMetrics.MeterName);
        _meter.CreateObservableGauge("strangler.concurrency.limit", () => Read(limits, l => l.Limit), "{request}", "How many requests a side may have at once, as found from its latency");
        _meter.CreateObservableGauge("strangler.concurrency", () => Read(limits, l => l.Held), "{request}", "How many requests a side has now");
        _meter.CreateObservableGauge("strangler.long.lived.connections", () => longLived.Count, "{connection}", "WebSockets, event streams and downloads that are open");
        _shed = _meter.CreateCounter<long>("strangler.shed", "{request}", "Requests that were not let through because a side had as many as it can do");
        _rateLimited = _meter.CreateCounter<long>("strangler.rate.limited", "{request}", "Requests that were not let through because their client asks too much");
    }

    /// <summary>Counts a request that a limit refused.</summary>
    public void Shed(RouteDecision? decision, Side side) => _shed.Add(
        1, new("capability", decision?.Capability.Rules.Name ?? ConcurrencyLimits.Unclaimed), new KeyValuePair<string, object?>("side", RouteDecision.ToName(side)));

    /// <summary>Counts a request of a client that asks too much.</summary>
    public void RateLimited() => _rateLimited.Add(1);

    public void Dispose() => _meter.Dispose();

    // Legacy has one limit for all.
    private static IEnumerable<Measurement<int>> Read(ConcurrencyLimits limits, Func<SideLimit, int> value) =>
        limits.NewSides.Select(l => new Measurement<int>(value(l.Value), new("capability", l.Key), new("side", RouteDecision.ToName(Side.New))))
            .Prepend(new Measurement<int>(value(limits.Legacy), new("capability", All), new("side", RouteDecision.ToName(Side.Legacy))));
}
