using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Proxy.Edge;

namespace Strangler.Proxy.OwnWrites;

/// <summary>
/// Stands before the forwarder and sees to it that writes to the monolith's store are remembered: by operations that are not safe and go to legacy,
/// or to a new service that writes there, and by requests that no capability claims and whose method is made for writing.
/// </summary>
internal sealed class WriteMiddleware(RequestDelegate next, WriteRecorder writes, RequestPlan plans)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetDecision() is not { } decision)
        {
            if (IsForWriting(context.Request.Method)) writes.Expect(context, plans.Of(context), operation: null);
        }
        else if (decision.Operation.Changes.Count > 0 && (decision.Side == Side.Legacy || decision.Operation.Rules.DataOnLegacy))
        {
            writes.Expect(context, decision.Capability.Plan, decision.Operation);
        }

        return next(context);
    }

    private static bool IsForWriting(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method)
        && !HttpMethods.IsConnect(method);
}
