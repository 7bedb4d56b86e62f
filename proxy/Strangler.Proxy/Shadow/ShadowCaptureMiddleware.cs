using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.DryRuns;
using Strangler.Proxy.Shadow.Sampling;
using Strangler.Proxy.Shadow.Targets;
using Strangler.Proxy.Telemetry;
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
    ShadowTargets targets,
    ErrorBudgets errors,
    DryRunHandshakes handshakes,
    ShadowOptions options,
    TimeProvider time,
    ILogger<ShadowCaptureMiddleware> log)
{
    private const int ServerErrors = StatusCodes.Status500InternalServerError;

    public Task InvokeAsync(HttpContext context)
    {
        var decision = context.GetDecision();
        if (decision is not { Side: Side.Legacy } || !WouldCopy(decision.Capability)) return next(context);
        if (TryFindReasonToSkip(context, decision) is { } reason)
        {
            ledger.Skip(decision.Capability.Rules.Name, reason);
            return next(context);
        }

        return CaptureAsync(context, decision.Operation, KindOf(decision.Operation.Rules));
    }

    // Whatever goes wrong in the shadow is never the client's problem.
    private SkipReason? TryFindReasonToSkip(HttpContext context, RouteDecision decision)
    {
        try
        {
            return ReasonToSkip(context, decision);
        }
        catch (Exception error)
        {
            log.ShadowFailed(error, decision.Operation.Id);
            return SkipReason.Failed;
        }
    }

    // A killed capability would copy again after a rollback: its requests are counted as skipped, so that the gap is explained.
    private static bool WouldCopy(CapabilityPlan capability) =>
        capability.State.Stage is Stage.Shadow or Stage.ReadCanary && capability.Rules.Shadow.Sample > 0;

    private SkipReason? ReasonToSkip(HttpContext context, RouteDecision decision)
    {
        if (decision.Capability.State.Killed) return SkipReason.Killed;

        // What was kept from a side that is left in peace does not go there as a copy.
        if (decision.Reason == DecisionReason.BreakerOpen) return SkipReason.BreakerOpen;
        var request = context.Request;
        if (ReasonOfKind(decision.Operation, request) is { } reason) return reason;
        if (request.Headers.Upgrade.Count > 0) return SkipReason.Upgrade;
        if (IsConditional(request.Headers)) return SkipReason.Conditional;
        if (!sampler.Takes(decision.Operation, context.Features.Get<UnitSample>())) return SkipReason.SampledOut;
        var capability = decision.Capability.Rules;
        if (targets.IsNewSideOpen(capability.New.Destinations[0])) return SkipReason.BreakerOpen;
        if (errors.Of(capability.Name).IsSpent) return SkipReason.BudgetSpent;
        return sampler.HasRoom(capability) ? null : SkipReason.RateLimited;
    }

    // A GET that changes something is never copied: who gets it does not take it for a write, whatever mark it bears.
    private SkipReason? ReasonOfKind(OperationPlan operation, HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        switch (KindOf(operation.Rules))
        {
            case ExchangeKind.Graphql when HttpMethods.IsHead(request.Method):
            case ExchangeKind.DryRun when isRead || operation.Capability.Rules.Shadow.Writes != ShadowWrites.DryRun:
                return SkipReason.Method;
            case ExchangeKind.DryRun when !handshakes.IsShown(operation.Capability.Rules.New.Destinations[0]):
                return SkipReason.NoHandshake;
            default:
                return request.ContentLength > options.RequestLimit ? SkipReason.RequestSize : null;
        }
    }

    private static ExchangeKind KindOf(OperationRules operation)
    {
        if (operation.IsGraphql) return ExchangeKind.Graphql;
        return operation.Semantics == Semantics.Safe ? ExchangeKind.Read : ExchangeKind.DryRun;
    }

    private static bool IsConditional(IHeaderDictionary headers) =>
        headers.IfNoneMatch.Count > 0 || headers.IfModifiedSince.Count > 0 || headers.IfMatch.Count > 0
        || headers.IfUnmodifiedSince.Count > 0 || headers.Range.Count > 0;

    private async Task CaptureAsync(HttpContext context, OperationPlan operation, ExchangeKind kind)
    {
        var started = time.GetUtcNow();
        var (name, body, sent) = (operation.Capability.Rules.Name, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), context.Request.Body);
        using var kept = new BodyBuffer(budget, name, options.CaptureLimit);
        using var asked = HasBody(context) ? new BodyBuffer(budget, name, options.RequestLimit) : null;
        await using var tee = new ResponseTee(body.Stream, context.Response, kept, options);
        var requestTee = asked is null ? null : new RequestTee(sent, asked, context.Request.ContentLength);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(tee, body));
        if (requestTee is not null) context.Request.Body = requestTee;
        try
        {
            await next(context);
        }
        catch
        {
            ledger.Skip(name, SkipReason.PrimaryError);
            throw;
        }
        finally
        {
            context.Features.Set(body);
            if (requestTee is not null) context.Request.Body = sent;
        }

        try
        {
            if (ReasonToDrop(context, tee, requestTee) is { } reason) Drop(operation, reason, tee.Error);
            else HandOverWhenComplete(context, Snapshot(context, operation, started, kept.ToArray(), tee.Whole) with { Kind = kind, Body = asked?.ToArray() ?? [] });
        }
        catch (Exception error)
        {
            Drop(operation, SkipReason.Failed, error);
        }
    }

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private void Drop(OperationPlan operation, SkipReason reason, Exception? error)
    {
        if (error is not null) log.ShadowFailed(error, operation.Id);
        ledger.Skip(operation.Capability.Rules.Name, reason);
    }

    private static SkipReason? ReasonToDrop(HttpContext context, ResponseTee tee, RequestTee? requestTee)
    {
        if (context.RequestAborted.IsCancellationRequested) return SkipReason.ClientAbort;
        if (context.Features.Get<IForwarderErrorFeature>() is not null) return SkipReason.PrimaryError;
        if (context.Response.StatusCode >= ServerErrors) return SkipReason.PrimaryError;
        if (requestTee is { GivenUp: null, IsComplete: false }) return SkipReason.RequestSize;
        return requestTee?.GivenUp ?? tee.GivenUp;
    }

    private void HandOverWhenComplete(HttpContext context, ShadowExchange exchange)
    {
        context.Response.OnCompleted(() =>
        {
            if (queue.Offer(exchange) is { } reason) ledger.Skip(exchange.Capability, reason);
            return Task.CompletedTask;
        });
    }

    private ShadowExchange Snapshot(HttpContext context, OperationPlan operation, DateTimeOffset started, byte[] body, BodyDigest? whole)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = AnswerHeaders.Of(response.Headers);
        return new ShadowExchange(
            Guid.CreateVersion7(started).ToString("N", CultureInfo.InvariantCulture),
            operation.Capability.Rules.Name,
            operation.Id,
            operation.Capability.PlanNumber,
            request.Method,
            request.PathBase + request.Path,
            new PathString(operation.Rules.NewPattern.Fill(request.RouteValues)),
            request.QueryString,
            CopiedHeaders.Of(request, operation.Capability.Rules.Shadow.Cookie),
            started,
            time.GetUtcNow(),
            new Answer(response.StatusCode, response.ContentType, TextOf(response.Headers.Location), body) { Headers = headers, Whole = whole },
            TextOf(response.Headers.ContentEncoding),
            AnswerHeaders.Build(headers, operation.Capability.Rules.Shadow.Build));
    }

    private static string? TextOf(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
