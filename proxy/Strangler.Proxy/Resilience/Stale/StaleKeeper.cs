using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>
/// Serves the last good answer when nobody can answer (stale-if-error, RFC 5861), for operations whose rules say <c>stale</c>. Never what is personal:
/// nothing of a request with <c>Authorization</c>, nothing that sets a cookie, is private, not to be stored, or varies by cookie; and nothing for a client
/// that has just written.
/// </summary>
internal sealed class StaleKeeper(StaleAnswers answers, StaleOptions options, DecisionHeader header, EdgeMetrics metrics, TimeProvider time)
{
    /// <summary>Begins to copy the answer that comes, when it is due; null when it is not.</summary>
    public StaleCopy? Begin(HttpContext context, RouteDecision? decision)
    {
        if (!IsFor(context, decision) || !HttpMethods.IsGet(context.Request.Method)) return null;
        foreach (var kept in answers.Find(StaleKey.Of(context.Request, decision!.Side)))
        {
            if (kept.Fits(context.Request.Headers) && time.GetUtcNow() - kept.StoredAt < options.RefreshAfter) return null;
        }

        return StaleCopy.Begin(context, options.BodyLimit);
    }

    /// <summary>Keeps what was copied, if it is good and may be kept.</summary>
    public void End(HttpContext context, StaleCopy copy)
    {
        var (response, body) = (context.Response, copy.End(context));
        if (body is null || response.StatusCode != StatusCodes.Status200OK || !MayKeep(response.Headers)) return;
        if (context.RequestAborted.IsCancellationRequested || Attempts.OutcomeOf(context) != AttemptOutcome.Answered) return;
        if (context.Features.Get<Served>() is not null || Varies(context) is not { } varies) return;
        var side = context.GetDecision() is { Side: Side.New } && context.Features.Get<FallbackFeature>() is null ? Side.New : Side.Legacy;
        answers.Put(
            StaleKey.Of(context.Request, side),
            new StaleAnswer(time.GetUtcNow(), AgeOf(response.Headers), [.. response.Headers.Where(IsKept)], varies, body));
    }

    /// <summary>A response transform: keeps the body of a failure back where an old answer will stand in for it.</summary>
    public ValueTask HoldBack(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && Attempts.Of((int)response.StatusCode) is AttemptOutcome.Unavailable or AttemptOutcome.Error && Find(context.HttpContext) is not null)
        {
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }

    // Once found it stays the request's.
    private StaleAnswer? Find(HttpContext context)
    {
        if (context.Features.Get<StaleAnswer>() is { } found) return found;
        if (context.GetDecision() is not { } decision || !IsFor(context, decision)) return null;

        // What the new side has said is not for those whom the plan sends to legacy: it may be why they are sent there.
        var isForNew = decision.Side == Side.New || decision.Reason == DecisionReason.BreakerOpen;
        found = (isForNew ? Find(context, decision, Side.New) : null) ?? Find(context, decision, Side.Legacy);
        if (found is not null) context.Features.Set(found);
        return found;
    }

    /// <summary>Answers a request with an old answer, if there is one. Nothing may have gone to the client yet.</summary>
    public async Task<bool> TryServeAsync(HttpContext context)
    {
        if (Find(context) is not { } answer) return false;
        var decision = context.GetDecision()!;
        context.Features.Set(Served.Mark);
        metrics.Stale(decision.Capability);
        var response = context.Response;
        response.Clear();
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        header.Write(context, decision.Operation[DecisionReason.Stale]);
        response.Headers.Age = ((long)(time.GetUtcNow() - answer.StoredAt + answer.AgeThen).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        return true;
    }

    private static bool IsFor(HttpContext context, RouteDecision? decision) =>
        decision is { Operation.Rules.Stale: not null, Reason: not DecisionReason.OwnWrite }
        && context.Request.Headers.Authorization.Count == 0
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    private StaleAnswer? Find(HttpContext context, RouteDecision decision, Side side)
    {
        foreach (var kept in answers.Find(StaleKey.Of(context.Request, side)))
        {
            if (kept.Fits(context.Request.Headers) && time.GetUtcNow() - kept.StoredAt <= decision.Operation.Rules.Stale) return kept;
        }

        return null;
    }

    private static TimeSpan AgeOf(IHeaderDictionary headers) =>
        int.TryParse(headers.Age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;

    private static bool MayKeep(IHeaderDictionary headers)
    {
        if (headers.SetCookie.Count > 0) return false;
        if (headers.CacheControl.Count == 0) return true;
        return CacheControlHeaderValue.TryParse(headers.CacheControl.ToString(), out var control) && !control.Private && !control.NoStore;
    }

    // What the edge and the server make anew for every response.
    private static bool IsKept(KeyValuePair<string, StringValues> header) =>
        !header.Key.Equals(DecisionHeader.Name, StringComparison.OrdinalIgnoreCase)
        && !header.Key.Equals(HeaderNames.Age, StringComparison.OrdinalIgnoreCase)
        && !header.Key.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
        && !header.Key.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase);

    // Null for an answer that was chosen by who asks, or by what nobody knows.
    private static List<KeyValuePair<string, StringValues>>? Varies(HttpContext context)
    {
        var varies = new List<KeyValuePair<string, StringValues>>();
        if (context.Response.Headers.ContentEncoding.Count > 0) varies.Add(new(HeaderNames.AcceptEncoding, context.Request.Headers.AcceptEncoding));
        foreach (var name in context.Response.Headers.GetCommaSeparatedValues(HeaderNames.Vary))
        {
            if (name is "*" || name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase)) return null;
            varies.Add(new(name, context.Request.Headers[name]));
        }

        return varies;
    }

    private sealed class Served
    {
        public static readonly Served Mark = new();
    }
}
