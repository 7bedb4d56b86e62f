using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Stands around the forwarder: lets legacy answer as if there were no shadow, keeps a copy of the answer as it passes, and hands the
/// exchange over once the response is complete. Nothing here waits for anything.
/// </summary>
internal sealed class ShadowCaptureMiddleware(
    RequestDelegate next,
    ShadowSampler sampler,
    ShadowQueue queue,
    ShadowLedger ledger,
    ByteBudget budget,
    ShadowOptions options,
    TimeProvider time)
{
    private const int ServerErrors = StatusCodes.Status500InternalServerError;

    public Task InvokeAsync(HttpContext context)
    {
        var decision = context.GetDecision();
        if (decision is not { Side: Side.Legacy } || !WouldCopy(decision.Capability)) return next(context);
        if (ReasonToSkip(context, decision) is { } reason)
        {
            ledger.Skip(decision.Capability.Rules.Name, reason);
            return next(context);
        }

        return CaptureAsync(context, decision.Operation);
    }

    // A killed capability would copy again after a rollback: its requests are counted as skipped, so that the gap is explained.
    private static bool WouldCopy(CapabilityPlan capability) =>
        capability.State.Stage is Stage.Shadow or Stage.ReadCanary && capability.Rules.Shadow.Sample > 0;

    private SkipReason? ReasonToSkip(HttpContext context, RouteDecision decision)
    {
        if (decision.Capability.State.Killed) return SkipReason.Killed;
        var request = context.Request;
        if (decision.Operation.Rules.Semantics != Semantics.Safe || !HttpMethods.IsGet(request.Method)) return SkipReason.Method;
        if (request.Headers.Upgrade.Count > 0) return SkipReason.Upgrade;
        if (IsConditional(request.Headers)) return SkipReason.Conditional;
        var capability = decision.Capability.Rules;
        return sampler.Takes(capability.Name, capability.Shadow.Sample, context.Features.Get<UnitSample>()) ? null : SkipReason.SampledOut;
    }

    private static bool IsConditional(IHeaderDictionary headers) =>
        headers.IfNoneMatch.Count > 0 || headers.IfModifiedSince.Count > 0 || headers.IfMatch.Count > 0
        || headers.IfUnmodifiedSince.Count > 0 || headers.Range.Count > 0;

    private async Task CaptureAsync(HttpContext context, OperationPlan operation)
    {
        var started = time.GetUtcNow();
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var tee = new ResponseTee(body.Stream, context.Response, options, budget);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(tee, body));
        try
        {
            await next(context);
        }
        catch
        {
            ledger.Skip(operation.Capability.Rules.Name, SkipReason.PrimaryError);
            throw;
        }
        finally
        {
            context.Features.Set(body);
        }

        if (ReasonToDrop(context, tee) is { } reason) ledger.Skip(operation.Capability.Rules.Name, reason);
        else HandOverWhenComplete(context, Snapshot(context, operation, started, tee.ToArray()));
    }

    private static SkipReason? ReasonToDrop(HttpContext context, ResponseTee tee)
    {
        if (context.RequestAborted.IsCancellationRequested) return SkipReason.ClientAbort;
        if (context.Features.Get<IForwarderErrorFeature>() is not null) return SkipReason.PrimaryError;
        return context.Response.StatusCode >= ServerErrors ? SkipReason.PrimaryError : tee.GivenUp;
    }

    private void HandOverWhenComplete(HttpContext context, ShadowExchange exchange)
    {
        context.Response.OnCompleted(() =>
        {
            if (queue.Offer(exchange) is { } reason) ledger.Skip(exchange.Capability, reason);
            return Task.CompletedTask;
        });
    }

    private ShadowExchange Snapshot(HttpContext context, OperationPlan operation, DateTimeOffset started, byte[] body)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = AnswerHeaders.Of(response.Headers);
        return new ShadowExchange(
            Guid.CreateVersion7(started).ToString("N", CultureInfo.InvariantCulture),
            operation.Capability.Rules.Name,
            operation.Id,
            operation.Capability.PlanNumber,
            request.PathBase + request.Path,
            new PathString(operation.Rules.NewPattern.Fill(request.RouteValues)),
            request.QueryString,
            CopiedHeaders.Of(request, operation.Capability.Rules.Shadow.Cookie),
            started,
            time.GetUtcNow(),
            new Answer(response.StatusCode, response.ContentType, TextOf(response.Headers.Location), body) { Headers = headers },
            TextOf(response.Headers.ContentEncoding),
            AnswerHeaders.Build(headers, operation.Capability.Rules.Shadow.Build));
    }

    private static string? TextOf(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
