using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.DryRuns;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>Sends copies to the new side that the plan in force names, if it still copies.</summary>
internal sealed class NewSide(PlanHolder plans, CopyPermits permits, ShadowTargets targets, DryRunHandshakes handshakes, SideClient client)
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
            if (exchange.Kind == ExchangeKind.DryRun && !MayWrite(permit.Operation, address)) return new(null, null, SkipReason.NoHandshake);
            var request = SideClient.Repeat(exchange, address, exchange.NewPath, again ? SideClient.SecondLookAgent : null);
            request.Headers.TryAddWithoutValidation(SideClient.ShadowHeader, "1");
            var asked = await client.AskAsync(target, request, exchange.Capability, cancel);
            if (exchange.Kind != ExchangeKind.DryRun || IsRolledBack(asked, address) && !IsRefused(asked)) return new NewSideAnswer(asked, permit.Operation, default);
            asked.Dispose();
            return new(null, null, SkipReason.NoHandshake);
        }
    }

    private bool MayWrite(OperationPlan operation, Uri address) =>
        operation.Capability.Rules.Shadow.Writes == ShadowWrites.DryRun && handshakes.IsShown(address);

    // One endpoint of the new side that cannot promise it says nothing against the others.
    private static bool IsRefused(AskResult asked) => asked.Answer?.Status == StatusCodes.Status501NotImplemented;

    // No answer says nothing of what has become of the write: whoever gave none must show again that it rolls back. It counts as an answer that failed.
    private bool IsRolledBack(AskResult asked, Uri address)
    {
        if (asked.IsFailureOfTheSide) handshakes.Revoke(address, "it gave no answer to a write");
        if (asked.Answer is not { } answer) return true;
        if (AnswerHeaders.Find(answer.Headers, DryRunContract.ResultHeader) == DryRunContract.RolledBack) return true;
        handshakes.Revoke(address, $"it answered a write with {answer.Status} and without '{DryRunContract.ResultHeader}: {DryRunContract.RolledBack}'");
        return false;
    }

    private static Uri AddressOf(OperationPlan operation) => operation.Capability.Rules.New.Destinations[0];

    private NewSideAnswer Refused(ShadowExchange exchange) => new(null, null, permits.ReasonToRefuse(exchange.Operation));
}
