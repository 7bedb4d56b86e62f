using Strangler.Core.Compare;
using Strangler.Core.Gates;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>What is known of a capability over the last hour, for its gate and for the audit log.</summary>
internal sealed class EvidenceReader(EvidenceBook book, EdgeMetrics metrics, WatermarkClient watermarks, PlanHolder plans, TimeProvider time)
{
    public GateEvidence Of(string capability) =>
        plans.Current.FindCapability(capability) is { } plan ? Of(plan) : GateEvidence.None;

    public GateEvidence Of(CapabilityPlan capability)
    {
        var name = capability.Rules.Name;
        var counters = metrics.Of(name);
        return new GateEvidence(
            book.Read(name, capability.Compare.Version),
            counters.Legacy.P95OfTheHour?.TotalMilliseconds,
            counters.New.P95OfTheHour?.TotalMilliseconds)
        {
            LagSeconds = watermarks.Current?.LagOf(name),
            ExpiredRules = [.. capability.Rules.Compare.Where(IsExpired).Select(Sentence)],
        };
    }

    private bool IsExpired(CompareRule rule) => rule.Ignore is { } ignore && ignore.Expires < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static string Sentence(CompareRule rule) =>
        $"the rule that ignores differences at {rule.Path} ({rule.Ignore!.Reason}; {rule.Ignore.Assignee}) expired on {rule.Ignore.Expires:yyyy-MM-dd}: they count again; renew it or take it out";
}
