using Microsoft.AspNetCore.Http.Features;

namespace LegacyShop.Web;

/// <summary>Writes every request into the access log when its answer is complete.</summary>
internal sealed class AccessLogMiddleware(RequestDelegate next, AccessLog log, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context) => log.IsEnabled ? LogAsync(context) : next(context);

    private async Task LogAsync(HttpContext context)
    {
        var started = time.GetUtcNow();
        var ticks = time.GetTimestamp();
        var body = new CountingResponseBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
        }
        finally
        {
            var request = context.Request;
            log.Write(new AccessLogLine(
                context.Connection.RemoteIpAddress?.ToString() ?? "-",
                started,
                request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                request.Protocol,
                context.Response.StatusCode,
                HttpMethods.IsHead(request.Method) ? 0 : body.BytesWritten,
                request.Headers.Referer,
                request.Headers.UserAgent,
                time.GetElapsedTime(ticks).TotalMilliseconds).ToString());
        }
    }
}
