using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>Says in words what other rules add, take away and change.</summary>
internal static class RulesChanges
{
    public static IEnumerable<string> Of(RuleSet before, RuleSet after)
    {
        if (!before.Legacy.Destinations.SequenceEqual(after.Legacy.Destinations)) yield return "legacy: other destinations";
        if (before.Adapters != after.Adapters) yield return "adapters: other address";
        if (before.Legacy.Concurrency != after.Legacy.Concurrency) yield return $"legacy: {after.Legacy.Concurrency.Min} to {after.Legacy.Concurrency.Max} requests at once";
        if (before.RateLimit != after.RateLimit) yield return after.RateLimit is { } rate ? $"rate limit {rate.Rate} requests/s for each client, {rate.Burst} at once" : "no rate limit";
        var (old, now) = (before.Capabilities.ToDictionary(c => c.Name, StringComparer.Ordinal), after.Capabilities.ToDictionary(c => c.Name, StringComparer.Ordinal));
        foreach (var gone in before.Capabilities.Where(c => !now.ContainsKey(c.Name))) yield return $"capability {gone.Name} taken away: its requests go to legacy";
        foreach (var capability in after.Capabilities)
        {
            if (!old.TryGetValue(capability.Name, out var was))
            {
                yield return $"capability {capability.Name} added with {capability.Operations.Count} operation{(capability.Operations.Count == 1 ? "" : "s")}";
                continue;
            }

            foreach (var words in Of(was, capability)) yield return $"{capability.Name}: {words}";
        }
    }

    private static IEnumerable<string> Of(CapabilityRules before, CapabilityRules after)
    {
        if (!before.New.Destinations.SequenceEqual(after.New.Destinations)) yield return $"new side at {string.Join(", ", after.New.Destinations)}";
        if (before.New.Timeout != after.New.Timeout) yield return $"timeout {after.New.Timeout.TotalSeconds:0.###} s";
        if (before.New.Concurrency != after.New.Concurrency) yield return $"new side with {after.New.Concurrency.Min} to {after.New.Concurrency.Max} requests at once";
        if (before.New.Health != after.New.Health) yield return $"health of the new side: {after.New.Health ?? "not asked"}";
        if (before.Priority != after.Priority) yield return $"priority {KebabNames<Priority>.Of(after.Priority)}";
        if (before.Bulkhead.CompareTo(after.Bulkhead) != 0) yield return $"bulkhead {after.Bulkhead:0.####}";
        if (before.Team != after.Team) yield return $"team {after.Team ?? "none"}";
        if (before.Authority != after.Authority || before.Key != after.Key) yield return "other authority or key";
        if (before.Shadow != after.Shadow) yield return $"shadow sample {after.Shadow.Sample:0.####}, control {after.Shadow.Control:0.####}, cookie {after.Shadow.Cookie ?? "none"}";
        if (before.Gate != after.Gate) yield return after.Gate is null ? "gate taken away" : "other gate";
        if (before.Breaker != after.Breaker) yield return "other breaker";
        if (before.Compare.Count != after.Compare.Count) yield return $"{after.Compare.Count} compare rules instead of {before.Compare.Count}";
        var (old, now) = (before.Operations.ToDictionary(o => o.Id, StringComparer.Ordinal), after.Operations.ToDictionary(o => o.Id, StringComparer.Ordinal));
        foreach (var gone in before.Operations.Where(o => !now.ContainsKey(o.Id))) yield return $"operation {gone.Id} taken away";
        foreach (var operation in after.Operations)
        {
            if (!old.TryGetValue(operation.Id, out var was)) yield return $"operation {operation.Id} added";
            else if (was.NewPattern.Text != operation.NewPattern.Text) yield return $"operation {operation.Id} goes to {operation.NewPattern}";
            else if (was.Semantics != operation.Semantics) yield return $"operation {operation.Id} is {KebabNames<Semantics>.Of(operation.Semantics)}";
            else if (!was.Affects.SequenceEqual(operation.Affects, StringComparer.Ordinal)) yield return $"operation {operation.Id} affects {(operation.Affects.Count == 0 ? "nothing else" : string.Join(", ", operation.Affects))}";
        }
    }
}
