using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Asks legacy a second time what it has just answered, to see its own noise. This is load that legacy would not have: never more than the share that
/// the rules allow, never more at once than <see cref="ShadowOptions.ControlConcurrency"/>, and none while legacy does not answer. What is beyond is
/// not asked, nor made up for later.
/// </summary>
internal sealed class LegacyAgain(PlanHolder plans, LegacySide legacy, ControlDraw draw, BreakerBoard breakers, ShadowOptions options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.ControlConcurrency, options.ControlConcurrency);

    /// <summary>Draws whether and when legacy is asked; never to write again, and never when the plan in force copies nothing.</summary>
    public ControlTurn Turn(ShadowExchange exchange) => exchange.Kind != ExchangeKind.DryRun &&
        plans.Current.FindOperation(exchange.Operation) is { Capability: { Copies: true } capability } && !breakers.IsLegacyOpen(capability) ? draw.Next(capability.Rules.Shadow.Control) : ControlTurn.None;

    /// <summary>Legacy's second answer; null when it is asked too much already.</summary>
    public async Task<AskResult?> AskAsync(ShadowExchange exchange, CancellationToken cancel)
    {
        if (!await _slots.WaitAsync(TimeSpan.Zero, cancel)) return null;
        try
        {
            return await legacy.AskAsync(exchange, SideClient.ControlAgent, cancel);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
