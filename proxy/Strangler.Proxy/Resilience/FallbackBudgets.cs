using System.Collections.Concurrent;

namespace Strangler.Proxy.Resilience;

/// <summary>The budget of each capability, whatever plan is in force.</summary>
internal sealed class FallbackBudgets(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, FallbackBudget> _budgets = new(StringComparer.Ordinal);

    /// <summary>The budget of a capability; always the same object.</summary>
    public FallbackBudget Of(string capability) => _budgets.GetOrAdd(capability, static (_, time) => new FallbackBudget(time), time);
}
