using Strangler.Core.Compare;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Asks legacy a second time what it has just answered, to see its own noise. This is load that legacy would not have: never more than the share that
/// the rules allow, and never more at once than <see cref="ShadowOptions.ControlConcurrency"/>. What is beyond is not asked, nor made up for later.
/// </summary>
internal sealed class LegacyAgain(PlanHolder plans, SideClient sides, ControlDraw draw, ShadowOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.ControlConcurrency, options.ControlConcurrency);

    /// <summary>Draws whether and when legacy is asked; never, when the plan in force copies nothing.</summary>
    public ControlTurn Turn(ShadowExchange exchange) =>
        plans.Current.FindOperation(exchange.Operation) is { Capability: { Copies: true } capability } ? draw.Next(capability.Rules.Shadow.Control) : ControlTurn.None;

    /// <summary>Legacy's second answer and when it was there; null when it gave none, or is asked too much already.</summary>
    public async Task<(Answer Answer, DateTimeOffset At)?> AskAsync(ShadowExchange exchange, CancellationToken cancel)
    {
        if (!await _slots.WaitAsync(TimeSpan.Zero, cancel)) return null;
        try
        {
            var asked = await sides.AskLegacyAsync(exchange, plans.Current.Rules.Legacy.Destinations[0], SideClient.ControlAgent, cancel);
            return asked.Answer is { } answer ? (answer, time.GetUtcNow()) : null;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
