using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Resilience.Bodies;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Resilience.Stale;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Strangler.Proxy.Edge;

/// <summary>
/// What happens to requests on their way to a backend: every backend sees the client's Host, so that absolute redirects lead back to the
/// edge; the new side gets its own path and, if the host says so, the unit.
/// </summary>
internal sealed class OperationTransforms(UnitHeader unit, BreakerBoard breakers, StaleKeeper stale) : ITransformProvider
{
    public void Apply(TransformBuilderContext context)
    {
        context.AddOriginalHost();
        var newPattern = context.Route.Metadata?.GetValueOrDefault(ProxyConfig.NewPatternKey);
        if (newPattern is not null)
        {
            unit.AddTo(context);
            context.AddResponseTransform(Failures.HoldBack);
            context.AddResponseTransform(breakers.BeginAnswer);
        }

        if (context.Route.Metadata?.ContainsKey(ProxyConfig.OperationKey) == true) context.AddResponseTransform(stale.HoldBack);
        AddAttempt(context);

        // A path that stays the same is not taken apart and put together again.
        if (newPattern is not null && newPattern != context.Route.Match.Path && PathTemplate.TryParse(newPattern, out var template, out _))
        {
            context.AddRequestTransform(request => SetPath(request, template!));
        }
        else
        {
            context.AddRequestTransform(KeepPath);
        }
    }

    private static void AddAttempt(TransformBuilderContext context)
    {
        var metadata = context.Route.Metadata;
        if (metadata?.ContainsKey(ProxyConfig.OperationKey) != true)
        {
            context.AddRequestTransform(BodyTransforms.KeepWritesFromRepeating);
            return;
        }

        context.AddRequestTransform(BodyTransforms.SendKept);
        if (metadata.ContainsKey(ProxyConfig.DeadlineKey)) context.AddResponseTransform(Deadline.StopAtAnswer);
        if (metadata.ContainsKey(ProxyConfig.OnceKey)) context.AddRequestTransform(BodyTransforms.KeepFromRepeating);
    }

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    private static ValueTask KeepPath(RequestTransformContext request)
    {
        if (EncodedSlash.IsIn(request.Path)) EncodedSlash.KeepTarget(request);
        return ValueTask.CompletedTask;
    }

    private static ValueTask SetPath(RequestTransformContext request, PathTemplate template)
    {
        request.Path = new PathString(template.Fill(request.HttpContext.Request.RouteValues));
        if (EncodedSlash.IsIn(request.Path)) EncodedSlash.Send(request, request.Path);
        return ValueTask.CompletedTask;
    }
}
