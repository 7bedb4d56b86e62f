using Microsoft.Extensions.DependencyInjection;
using Strangler.Core.Model;
using Strangler.Proxy;
using Strangler.Proxy.Edge;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Shadow;
using Yarp.ReverseProxy.Model;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the edge into a host's pipeline.</summary>
public static class StranglerApplicationBuilderExtensions
{
    /// <summary>
    /// The whole way of a request: drop the client's own Strangler-* headers, pick the side, fall back if need be, forward, remember
    /// writes, and hand a copy over to the shadow. Call it last: it takes every path.
    /// </summary>
    public static WebApplication MapStrangler(this WebApplication app)
    {
        app.UseMiddleware<EdgeMiddleware>();

        // Explicit, because the implicit UseRouting would pick the side before the headers are dropped.
        app.UseRouting();
        if (app.Services.GetRequiredService<StranglerOptions>().DecisionHeader)
        {
            var header = app.Services.GetRequiredService<DecisionHeader>();
            app.Use((context, next) =>
            {
                header.Write(context, context.GetDecision());
                return next(context);
            });
        }

        app.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<WriteMiddleware>();
            pipeline.UseMiddleware<ShadowCaptureMiddleware>();
            pipeline.UseMiddleware<ResilienceMiddleware>();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        }).Add(MarkOperation);
        return app;
    }

    private static void MarkOperation(EndpointBuilder builder)
    {
        var metadata = builder.Metadata.OfType<RouteModel>().Single().Config.Metadata;
        if (metadata?.GetValueOrDefault(ProxyConfig.OperationKey) is not { } operationId) return;
        var side = metadata.ContainsKey(ProxyConfig.NewPatternKey) ? Side.New : Side.Legacy;
        builder.Metadata.Add(new OperationEndpoint(operationId, side));
    }
}
