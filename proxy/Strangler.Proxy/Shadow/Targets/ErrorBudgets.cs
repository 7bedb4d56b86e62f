using System.Collections.Concurrent;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>The error budget of each capability.</summary>
internal sealed class ErrorBudgets(ShadowOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ErrorBudget> _capabilities = new(StringComparer.Ordinal);

    /// <summary>That of a capability.</summary>
    public ErrorBudget Of(string capability) => _capabilities.GetOrAdd(capability, static (_, of) => new ErrorBudget(of.Options, of.Time), (Options: options, Time: time));
}
