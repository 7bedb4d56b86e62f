using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>
/// Serves the last good answer when nobody can answer (stale-if-error, RFC 5861), for operations whose rules say <c>stale</c>. Never what is personal:
/// nothing of a request with <c>Authorization</c>, nothing that sets a cookie, is private, not to be stored, or varies by cookie; and nothing for a client
/// that has just written.
/// </summary>
internal sealed class StaleKeeper(StaleAnswers answers, StaleOptions options, DecisionHeader header, EdgeMetrics metrics, TimeProvider time)
{
    /// <summary>True for outcomes after which a stale answer is better than none.</summary>
    public static bool IsWanted(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.NotSent or AttemptOutcome.NoAnswer or AttemptOutcome.Unavailable or AttemptOutcome.Error;

    /// <summary>Begins to copy the answer of the attempt that comes, when it is due; null when it is not.</summary>
    public StaleCopy? Begin(HttpContext context, RouteDecision? decision, Side side)
    {
        if (!IsFor(context, decision) || !HttpMethods.IsGet(context.Request.Method)) return null;
        var key = StaleKey.Of(context.Request, side);
        foreach (var kept in answers.Find(key))
        {
            if (kept.Fits(context.Request.Headers) && time.GetUtcNow() - kept.StoredAt < options.RefreshAfter) return null;
        }

        return StaleCopy.Begin(context, key, options.BodyLimit);
    }

    /// <summary>Keeps what was copied, if the answer is good and may be kept.</summary>
    public void End(HttpContext context, StaleCopy copy, AttemptOutcome outcome)
    {
        if (copy.End(context) is not { } body || outcome != AttemptOutcome.Answered || context.RequestAborted.IsCancellationRequested) return;
        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status200OK || !MayKeep(response.Headers)) return;
        if (Varies(context) is not { } varies) return;
        answers.Put(copy.Key, new StaleAnswer(time.GetUtcNow(), AgeOf(response.Headers), [.. response.Headers.Where(IsKept)], varies, body));
    }

    /// <summary>The answer that a request would get if nobody answers; null when there is none.</summary>
    public StaleAnswer? Find(HttpContext context, RouteDecision? decision)
    {
        if (!IsFor(context, decision)) return null;

        // What the new side has said is not for those whom the plan sends to legacy: it may be why they are sent there.
        if (decision!.Side == Side.New && Find(context, decision, Side.New) is { } fresh) return fresh;
        return Find(context, decision, Side.Legacy);
    }

    /// <summary>Answers a request with it. Nothing may have gone to the client yet.</summary>
    public Task ServeAsync(HttpContext context, RouteDecision decision, StaleAnswer answer)
    {
        metrics.Stale(decision.Capability);
        context.Response.Clear();
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        header.Write(context, decision.Operation[DecisionReason.Stale]);
        context.Response.Headers.Age = ((long)AgeOf(answer).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.ContentLength = answer.Body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
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

    private TimeSpan AgeOf(StaleAnswer answer) => time.GetUtcNow() - answer.StoredAt + answer.AgeThen;

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
}
