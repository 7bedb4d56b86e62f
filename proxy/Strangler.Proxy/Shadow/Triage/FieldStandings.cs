using System.Collections.Concurrent;
using Strangler.Core.Evidence;
using Strangler.Core.Routing;
using Strangler.Proxy.Shadow.Evidence;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>What the paired evidence says of the field of a group: whether it is noise, and why. Decided at most once a second, because all fields are tested together.</summary>
/// <param name="book">The evidence.</param>
/// <param name="planOf">A capability in the plan in force; null when there is none of that name.</param>
/// <param name="time">The clock.</param>
internal sealed class FieldStandings(EvidenceBook book, Func<string, CapabilityPlan?> planOf, TimeProvider time)
{
    // Where no gate says how much more often than legacy itself a noisy field may differ.
    private const double DefaultMargin = 0.01;

    private readonly ConcurrentDictionary<string, (long Second, Dictionary<EvidenceField, FieldDecision> Decisions)> _known = new(StringComparer.Ordinal);

    /// <summary>The decision; null for a field without any paired evidence.</summary>
    public FieldDecision? Find(GroupRecord group)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        if (!_known.TryGetValue(group.Capability, out var known) || known.Second != second)
            _known[group.Capability] = known = (second, Decide(group.Capability));
        return known.Decisions.GetValueOrDefault(new EvidenceField(group.Operation, group.Path, group.Kind));
    }

    private Dictionary<EvidenceField, FieldDecision> Decide(string capability)
    {
        if (planOf(capability) is not { } plan) return [];
        var fields = book.Read(capability, plan.Compare.Version).Fields;
        var limits = new NoiseLimits(plan.Rules.Gate?.MaxMismatch ?? DefaultMargin);
        return fields.Zip(NoiseJudgement.Decisions(fields, limits))
            .Where(pair => pair.First.Counts.Triples > 0)
            .ToDictionary(pair => pair.First.Field, pair => pair.Second);
    }
}
