using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin.Events;

/// <summary><c>GET /admin/v1/events</c>: server-sent events, resumed by Last-Event-ID.</summary>
internal sealed class EventEndpoint(EventHub hub, ControlPlane control)
{
    public async Task<IResult> ListenAsync(HttpContext context)
    {
        if (!hub.TryEnter(Caller.Of(context).Name, out var listener, out var wasDropped))
        {
            return Problem.Unavailable($"{EventHub.MaxListeners} listeners are the most at the same time; look again later");
        }

        // A stream never ends by itself, and the edge must be able to.
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, listener!.Dropped, stopping);
        try
        {
            await WriteAsync(context, listener, wasDropped, end.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Nobody is there any more, or we go.
            if (listener.Dropped.IsCancellationRequested) context.Abort();
        }
        finally
        {
            hub.Leave(listener);
        }

        return Results.Empty;
    }

    private async Task WriteAsync(HttpContext context, Listener listener, bool wasDropped, CancellationToken cancel)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Entered first and read afterwards: what happens in between comes twice and is left out below, and never not at all.
        var sent = control.Plans.Current.Number;
        foreach (var text in await BeginningAsync(context.Request, wasDropped, sent, cancel)) await WriteAsync(response, text, cancel);
        await foreach (var text in listener.Events.ReadAllAsync(cancel))
        {
            if (text.Plan > 0 && text.Plan <= sent) continue;
            sent = Math.Max(sent, text.Plan);
            await WriteAsync(response, text, cancel);
        }
    }

    private async Task<IReadOnlyList<EventText>> BeginningAsync(HttpRequest request, bool wasDropped, long plan, CancellationToken cancel)
    {
        if (!long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return wasDropped ? [EventHub.Resync(plan), hub.Status(withId: false)] : [hub.Status(withId: true)];
        }

        var missed = wasDropped ? null : await hub.MissedAsync(last, plan, cancel);
        return [.. missed ?? [EventHub.Resync(plan)], hub.Status(withId: false)];
    }

    private static async Task WriteAsync(HttpResponse response, EventText text, CancellationToken cancel)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.Text), cancel);
        await response.Body.FlushAsync(cancel);
    }
}
