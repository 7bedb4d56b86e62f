using System.Reflection;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>Joins what is known of each capability into one object: where it stands, its traffic, its evidence, its lag.</summary>
internal sealed class StatusReader(
    ControlPlane control, EdgeMetrics metrics, ShadowEvidence evidence, WatermarkClient watermarks, BreakerBoard breakers, StranglerOptions options, TimeProvider time)
{
    private static readonly string Version =
        typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public CapabilitiesAnswer All()
    {
        var plan = control.Plans.Current;
        var edge = new EdgeInfo(Version, options.DecisionHeader, options.Rules, _startedAt);
        return new CapabilitiesAnswer(plan.Number, edge, [.. plan.Capabilities.Select(capability => Read(capability))]);
    }

    /// <summary>One capability; null when there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="would">Where it would stand, for a preview; null for where it stands.</param>
    public CapabilityStatus? Find(string name, CapabilityState? would = null) =>
        control.Plans.Current.FindCapability(name) is { } capability ? Read(capability, would) : null;

    /// <summary>Whom a list names.</summary>
    public static ListStatus List(UnitSet set) => new(set.Units.Count, set.Groups);

    private CapabilityStatus Read(CapabilityPlan capability, CapabilityState? would = null)
    {
        var (name, state) = (capability.Rules.Name, would ?? capability.State);
        var counters = metrics.Of(name);
        return new CapabilityStatus(
            name,
            capability.Rules.Team ?? "",
            state.Stage.ToName(),
            state.Share,
            state.Killed,
            new SidesStatus(Of(counters.Legacy, capability, Side.Legacy, state), Of(counters.New, capability, Side.New, state)),
            counters.Fallbacks,
            evidence.Snapshot(name),
            watermarks.Current?.LagOf(name),
            control.State.LastChanges.GetValueOrDefault(name),
            state.Held,
            state.Everyone,
            List(state.Include),
            List(state.Exclude),
            state.CoolDown is { } coolDown && time.GetUtcNow() < coolDown.Until ? new CoolDownStatus(coolDown.Until, coolDown.Why) : null);
    }

    private SideStatus Of(SideCounters counters, CapabilityPlan capability, Side side, CapabilityState state) => new(
        counters.Requests, counters.Errors, counters.P95?.TotalMilliseconds, breakers.Status(capability, side, state.BreakerOf(side).Isolated));
}
