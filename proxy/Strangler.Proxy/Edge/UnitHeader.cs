using Strangler.Proxy.Units;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Strangler.Proxy.Edge;

/// <summary>Tells a new service the unit of its requests, under a name that the host chooses. Off unless it does.</summary>
internal sealed class UnitHeader(StranglerOptions options, RequestPlan plans, UnitReader units)
{
    /// <summary>Adds the header to the requests of a route that leads to the new side.</summary>
    public void AddTo(TransformBuilderContext context)
    {
        if (options.UnitHeader is { } name) context.AddRequestTransform(request => Write(request, name));
    }

    private ValueTask Write(RequestTransformContext request, string name)
    {
        RequestTransform.RemoveHeader(request, name);
        var unit = units.Read(request.HttpContext, plans.Of(request.HttpContext).Rules.Unit).Requester.Unit;
        if (!unit.IsEmpty) RequestTransform.AddHeader(request, name, Encode(unit));
        return ValueTask.CompletedTask;
    }

    // A header carries visible ASCII; a unit may be anything.
    private static string Encode(ReadOnlySpan<char> unit) =>
        unit.ContainsAnyExceptInRange('!', '~') ? Uri.EscapeDataString(unit) : unit.ToString();
}
