using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>
/// The connections that live long: WebSockets, event streams, downloads. Each keeps the side it was given; when a new plan gives its client
/// the other side, it is ended after a time, so that a flip is complete some day. Nobody who waits for requests waits for them.
/// </summary>
internal sealed class LongLivedConnections
{
    /// <summary>An answer that states this length, in bytes, or more is a download: how long it takes is its client's doing.</summary>
    public const long Download = 1024 * 1024;

    private readonly ConcurrentDictionary<LongLivedConnection, byte> _connections = new();
    private readonly PlanHolder _plans;
    private readonly UnitReader _units;
    private readonly TimeProvider _time;
    private readonly StranglerOptions _options;

    public LongLivedConnections(ControlPlane control, UnitReader units, StranglerOptions options, TimeProvider time)
    {
        (_plans, _units, _time, _options) = (control.Plans, units, time, options);
        control.PlanChanged += (_, change) =>
        {
            foreach (var (connection, _) in _connections) Judge(connection, change.Current);
        };
    }

    /// <summary>How many there are.</summary>
    public int Count => _connections.Count;

    /// <summary>How many of them have an end set.</summary>
    public int Ending => _connections.Count(c => c.Key.IsEnding);

    /// <summary>Whether the answer that begins is one that lives long.</summary>
    public static bool Is(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode == StatusCodes.Status101SwitchingProtocols || response.ContentLength >= Download) return true;
        if (IsEventStream(response)) return true;
        return HttpMethods.IsConnect(context.Request.Method) && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
    }

    /// <summary>Adds the connection of a request whose answer begins.</summary>
    public LongLivedConnection Add(HttpContext context, IEndable? endable)
    {
        // Announced, and not kept: who takes event streams may be answered otherwise.
        var connection = Read(context, endable is EventStreamEnd && !IsEventStream(context.Response) ? null : endable);
        if (connection.Decision is { Side: Side.New, Capability: var capability })
        {
            capability.LongLivedOnNewSide.Enter();
            capability.OnNewSide.Leave();
        }

        _connections.TryAdd(connection, 0);

        // A plan that came in between has not seen it.
        if (connection.Decision is { } decision && !ReferenceEquals(_plans.Current, decision.Capability.Plan)) Judge(connection, _plans.Current);
        return connection;
    }

    /// <summary>Removes a connection that is over.</summary>
    public void Remove(LongLivedConnection connection)
    {
        connection.Over();
        _connections.TryRemove(connection, out _);
        if (connection.Decision is not { Side: Side.New, Capability: var capability }) return;

        // Back where the end of the request leaves it.
        capability.OnNewSide.Enter();
        capability.LongLivedOnNewSide.Leave();
    }

    /// <summary>Ends all of them that can be ended in an orderly way: the edge stops.</summary>
    public void EndAll()
    {
        foreach (var (connection, _) in _connections) connection.End(EndReason.GoingAway);
    }

    private static bool IsEventStream(HttpResponse response) =>
        response.ContentType is { } type && type.StartsWith(Endables.EventStream, StringComparison.OrdinalIgnoreCase);

    private LongLivedConnection Read(HttpContext context, IEndable? endable)
    {
        if (context.GetDecision() is not { } decision) return new LongLivedConnection(context, endable, _time);
        var requester = _units.Read(context, decision.Capability.Plan.Rules.Unit).Requester;
        return new LongLivedConnection(context, endable, _time)
        {
            Decision = decision,
            Planned = Decider.Decide(decision.Operation, requester).Side,
            Unit = requester.Unit.ToString(),
            Groups = requester.Groups.ToString(),
        };
    }

    private void Judge(LongLivedConnection connection, Plan plan)
    {
        if (connection.Decision is not { } decision) return;
        var side = plan.FindOperation(decision.Operation.Id) is { } operation
            ? Decider.Decide(operation, new Requester(connection.Unit, connection.Groups)).Side
            : Side.Legacy;
        if (side == connection.Planned) connection.Stay();
        else connection.EndAfter(_options.CloseAfterFlip);
    }
}
