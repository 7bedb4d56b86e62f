using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>Sends copies to the new side that the plan in force names, if it still copies.</summary>
internal sealed class NewSide(PlanHolder plans, CopyPermits permits, ShadowTargets targets, SideClient client)
{
    /// <summary>Sends the copy of an exchange.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="again">True for a second look.</param>
    /// <param name="cancel">Ends the ask.</param>
    public async Task<NewSideAnswer> AskAsync(ShadowExchange exchange, bool again, CancellationToken cancel)
    {
        while (true)
        {
            if (plans.Current.FindOperation(exchange.Operation) is not { Capability.Copies: true } planned) return Refused(exchange);
            var address = AddressOf(planned);
            var target = targets.Of(Side.New, address);
            using var slot = await target.EnterAsync(cancel);

            // Only now: whoever kills waits for permits, and must not wait for those who wait themselves.
            using var permit = permits.TryEnter(exchange.Operation);
            if (permit is null) return Refused(exchange);
            if (AddressOf(permit.Operation) != address) continue;
            var request = SideClient.Repeat(exchange, address, exchange.NewPath, again ? SideClient.SecondLookAgent : null);
            request.Headers.TryAddWithoutValidation(SideClient.ShadowHeader, "1");
            return new NewSideAnswer(await client.AskAsync(target, request, exchange.Capability, cancel), permit.Operation, default);
        }
    }

    private static Uri AddressOf(OperationPlan operation) => operation.Capability.Rules.New.Destinations[0];

    private NewSideAnswer Refused(ShadowExchange exchange) => new(null, null, permits.ReasonToRefuse(exchange.Operation));
}
