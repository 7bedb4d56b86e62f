using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>Asks legacy again what it has answered before. The only load on legacy that the shadow adds; its own limit and breaker stand before it.</summary>
internal sealed class LegacySide(PlanHolder plans, ShadowTargets targets, SideClient client)
{
    /// <summary>Asks legacy again.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="agent">Added to the User-Agent.</param>
    /// <param name="cancel">Ends the ask.</param>
    public async Task<AskResult> AskAsync(ShadowExchange exchange, string agent, CancellationToken cancel)
    {
        var address = plans.Current.Rules.Legacy.Destinations[0];
        var target = targets.Of(Side.Legacy, address);
        using var slot = await target.EnterAsync(cancel);
        return await client.AskAsync(target, SideClient.Repeat(exchange, address, exchange.Path, agent), exchange.Capability, cancel);
    }
}
