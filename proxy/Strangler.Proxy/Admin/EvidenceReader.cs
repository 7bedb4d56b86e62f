using System.Collections.Concurrent;
using Strangler.Core.Compare;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Triage;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>What is known of a capability over the last hour, for its gate and for the audit log.</summary>
internal sealed class EvidenceReader(EvidenceBook book, EdgeMetrics metrics, WatermarkClient watermarks, PlanHolder plans, GroupReader groups, TimeProvider time)
{
    // Fewer say nothing of a rule that is for a rare case.
    private const int EnoughForARule = 300;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Looks up what the gate of a capability's rules asks for. To be called before a gate is asked, never before a way down: it may ask the store.</summary>
    public Task LookAsync(string capability, CancellationToken cancel) =>
        LookAsync(capability, plans.Current.FindCapability(capability)?.Rules.Gate, cancel);

    /// <summary>The same for other demands: counts the groups that nobody has looked at, on all edges, if that is demanded.</summary>
    public async Task LookAsync(string capability, GateRules? demands, CancellationToken cancel)
    {
        if (demands is not { NoNewGroups: true }) return;
        var (all, _) = await groups.ReadAsync(capability, cancel);
        _open[capability] = all.Count(group => GroupStates.IsOpen(group.State) && group is { Count: > 0, Severity: not GroupReader.Note });
    }

    public GateEvidence Of(string capability) =>
        plans.Current.FindCapability(capability) is { } plan ? Of(plan) : GateEvidence.None;

    public GateEvidence Of(CapabilityPlan capability)
    {
        var name = capability.Rules.Name;
        var counters = metrics.Of(name);
        var mismatch = book.Read(name, capability.Compare.Version);
        return new GateEvidence(
            mismatch,
            counters.Legacy.P95OfTheHour?.TotalMilliseconds,
            counters.New.P95OfTheHour?.TotalMilliseconds)
        {
            LagSeconds = watermarks.Current?.LagOf(name),
            NewGroups = _open.GetValueOrDefault(name),
            ExpiredRules = [.. capability.Rules.Compare.Where(IsExpired).Select(Sentence)],
            IdleRules = mismatch.Compared < EnoughForARule ? [] : [.. capability.Rules.Compare
                .Where((rule, index) => MayHide(rule) && !mismatch.RulesHit.Contains(index))
                .Select(rule => $"the compare rule for {Place(rule)} had no effect on {mismatch.Compared:N0} exchanges: take it out if nothing needs it")],
        };
    }

    // A rule that only shows values, or looks closer, is not idle when nothing differs there.
    private static bool MayHide(CompareRule rule) =>
        rule.Ignore is not null || rule.Shape is not null || rule.Tolerate is not null || rule.Coerce != Coercions.None || rule.Unordered;

    private static string Place(CompareRule rule) => rule.Header is { } header ? $"the header {header}" : rule.Path.Text;

    private bool IsExpired(CompareRule rule) => rule.Ignore is { } ignore && ignore.Expires < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static string Sentence(CompareRule rule) =>
        $"the rule that ignores differences at {Place(rule)} ({rule.Ignore!.Reason}; {rule.Ignore.Assignee}) expired on {rule.Ignore.Expires:yyyy-MM-dd}: they count again; renew it or take it out";
}
