using System.Collections.Concurrent;
using Strangler.Core.Admin;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>What the shadow has counted, by capability. The names come from the rules, so there are only ever a few.</summary>
internal sealed class ShadowEvidence(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CapabilityEvidence> _capabilities = new(StringComparer.Ordinal);

    /// <summary>The counts of a capability; all zero for one that nothing was counted for.</summary>
    public ShadowStatus Snapshot(string capability) => Of(capability).Snapshot();

    public void Count(string capability, Outcome outcome) => Of(capability).Count(outcome);

    public void Count(string capability, SkipReason reason) => Of(capability).Count(reason);

    private CapabilityEvidence Of(string capability) =>
        _capabilities.GetOrAdd(capability, static (_, time) => new CapabilityEvidence(time), time);
}
