using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Resilience.Breakers;

/// <summary>The breakers' part of the meter <see cref="EdgeMetrics.MeterName"/>.</summary>
internal sealed class BreakerMetrics : IHostedService, IDisposable
{
    private static readonly string[] States = ["closed", "open", "half-open", "isolated"];

    private readonly BreakerBoard _board;
    private readonly PlanHolder _plans;
    private readonly Meter _meter;

    public BreakerMetrics(IMeterFactory meters, BreakerBoard board, PlanHolder plans)
    {
        (_board, _plans) = (board, plans);
        _meter = meters.Create(EdgeMetrics.MeterName);
        _meter.CreateObservableGauge("strangler.breaker.state", ReadStates, "{breaker}", "1 for the state that the breaker of a side is in, else 0");
        _meter.CreateObservableCounter("strangler.breaker.trips", ReadTrips, "{trip}", "How often the breaker of a side has opened; tries that failed at once do not count again");
    }

    // Nobody asks it for anything, so the host makes it.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> ReadStates() =>
        from capability in _plans.Current.Capabilities
        from side in Enum.GetValues<Side>()
        let present = _board.Status(capability, side, capability.State.BreakerOf(side).Isolated).State
        from state in States
        select new Measurement<int>(
            state == present ? 1 : 0, new("capability", capability.Rules.Name), new("side", RouteDecision.ToName(side)), new("state", state));

    private IEnumerable<Measurement<long>> ReadTrips() =>
        from capability in _plans.Current.Capabilities
        from side in Enum.GetValues<Side>()
        select new Measurement<long>(_board.AllTrips(capability, side), new("capability", capability.Rules.Name), new("side", RouteDecision.ToName(side)));
}
