using System.Diagnostics.Metrics;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow;

/// <summary>The shadow's part of the meter <see cref="EdgeMetrics.MeterName"/>.</summary>
internal sealed class ShadowMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _mismatches;

    public ShadowMetrics(IMeterFactory meters, ShadowQueue queue, ByteBudget budget)
    {
        var meter = meters.Create(EdgeMetrics.MeterName);
        _requests = meter.CreateCounter<long>(
            "strangler.shadow.requests", "{request}", "Requests in stages that copy, by what came of them: an outcome, or why they were skipped");
        _mismatches = meter.CreateCounter<long>(
            "strangler.compare.mismatches", "{difference}", "Differences of exchanges that were shown to be different, by kind");
        meter.CreateObservableGauge("strangler.shadow.queue.depth", () => queue.Count, "{request}", "Exchanges that wait for their copy");
        meter.CreateObservableGauge("strangler.shadow.memory", () => budget.Used, "By", "Memory that captures and waiting exchanges hold");
    }

    public void Count(string capability, string result) => _requests.Add(1, new("capability", capability), new("result", result));

    public void CountMismatch(string capability, DifferenceKind kind) =>
        _mismatches.Add(1, new("capability", capability), new("kind", kind.Name()));
}
