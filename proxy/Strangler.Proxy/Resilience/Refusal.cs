using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Strangler.Core.Admin;
using Strangler.Core.Routing;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Resilience.Stale;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// An answer of the edge itself, because no side has given one: the last good one where the rules allow that, else problem details (RFC 9457), which no
/// cache keeps.
/// </summary>
internal sealed class Refusal(DecisionHeader header, StaleKeeper stale)
{
    private const string NoType = "about:blank";

    /// <summary>Writes it over whatever a failed attempt has left; the response must not have begun.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">What the client is told of the decision; null when no capability claims the request.</param>
    /// <param name="status">429, 502, 503 or 504.</param>
    /// <param name="detail">One sentence with the numbers and what to do; the client reads it.</param>
    /// <param name="retryAfter">When asking again may help; null when asking again may do it twice. Sent in whole seconds, at least 1.</param>
    public async Task WriteAsync(HttpContext context, RouteDecision? decision, int status, string detail, TimeSpan? retryAfter = null)
    {
        // A client that asks too often is told so.
        if (status != StatusCodes.Status429TooManyRequests && await stale.TryServeAsync(context)) return;
        var response = context.Response;
        response.Clear();
        header.Write(context, decision);
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } time) response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var problem = new AdminProblem(NoType, ReasonPhrases.GetReasonPhrase(status), status, detail, null);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.WriteAsJsonAsync(problem, AdminJson.Default.AdminProblem, Problem.MediaType, context.RequestAborted);
    }
}
