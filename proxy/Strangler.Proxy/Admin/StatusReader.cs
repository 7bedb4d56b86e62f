using System.Reflection;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>Joins what is known of each capability into one object: where it stands, its traffic, its evidence, its lag.</summary>
internal sealed class StatusReader(
    ControlPlane control, EdgeMetrics metrics, ShadowEvidence evidence, WatermarkClient watermarks, StranglerOptions options, TimeProvider time)
{
    private static readonly string Version =
        typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public CapabilitiesAnswer All()
    {
        var plan = control.Plans.Current;
        var edge = new EdgeInfo(Version, options.DecisionHeader, options.Rules, _startedAt);
        return new CapabilitiesAnswer(plan.Number, edge, [.. plan.Capabilities.Select(Read)]);
    }

    public CapabilityStatus? Find(string name) => control.Plans.Current.FindCapability(name) is { } capability ? Read(capability) : null;

    private CapabilityStatus Read(CapabilityPlan capability)
    {
        var (name, state) = (capability.Rules.Name, capability.State);
        var counters = metrics.Of(name);
        return new CapabilityStatus(
            name,
            capability.Rules.Team ?? "",
            state.Stage.ToName(),
            state.Share,
            state.Killed,
            new SidesStatus(Side(counters.Legacy), Side(counters.New)),
            counters.Fallbacks,
            evidence.Snapshot(name),
            watermarks.Current?.LagOf(name),
            control.State.LastChanges.GetValueOrDefault(name));
    }

    private static SideStatus Side(SideCounters side) => new(side.Requests, side.Errors, side.P95?.TotalMilliseconds);
}
