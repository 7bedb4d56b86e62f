using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Bodies;
using Strangler.Proxy.Resilience.LongLived;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>
/// All limits of this edge: one for legacy, which all share, and one for the new side of each capability. They outlive plans. An attempt
/// enters before it is sent and leaves when it is over: no lock, and no allocation for a request without a body.
/// </summary>
/// <remarks>
/// Latency is the time until the answer begins, counted from the end of the request's body: a slow client, at either end, is not a slow side.
/// What lives long (<see cref="LongLivedConnections"/>) gives its place back when its answer begins: a limit is for work, and an open socket is none.
/// </remarks>
internal sealed class ConcurrencyLimits
{
    /// <summary>Label of what no capability claims; no capability has this name.</summary>
    public const string Unclaimed = "_other";

    // Called by the server when the answer begins, which may be after the attempt is over.
    private static readonly Func<object, Task> OnStarting = static state =>
    {
        var hold = (Hold)state;
        hold.Owner.Begin(hold);
        return Task.CompletedTask;
    };

    private readonly ConcurrentDictionary<string, SideLimit> _newSides = new(StringComparer.Ordinal);
    private readonly PlanHolder _plans;
    private readonly LongLivedConnections _longLived;
    private readonly TimeProvider _time;
    private readonly ObjectPool<Hold> _pool;

    public ConcurrencyLimits(PlanHolder plans, LongLivedConnections longLived, TimeProvider time)
    {
        (_plans, _longLived, _time) = (plans, longLived, time);
        _pool = new DefaultObjectPoolProvider { MaximumRetained = 1024 }.Create(new HoldPolicy(this));
        Legacy = new SideLimit(time, plans.Current.Rules.Legacy.Concurrency);
    }

    /// <summary>Legacy's limit.</summary>
    public SideLimit Legacy { get; }

    /// <summary>The limits of new sides that have been asked, by capability.</summary>
    public IEnumerable<KeyValuePair<string, SideLimit>> NewSides => _newSides;

    /// <summary>Enters a limit; null when there is no room.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">Its decision; null when no capability claims it.</param>
    /// <param name="side">The side that is about to be asked.</param>
    public Hold? TryEnter(HttpContext context, RouteDecision? decision, Side side)
    {
        var capability = decision?.Capability.Rules;
        var name = capability?.Name ?? Unclaimed;
        var limit = side == Side.New ? NewSide(capability!) : Legacy;
        var share = limit.ShareOf(name);
        bool entered;
        if (side == Side.New)
        {
            entered = limit.TryEnter(share, Priority.High, bulkhead: 1);
        }
        else
        {
            limit.Allow((decision?.Capability.Plan ?? _plans.Current).Rules.Legacy.Concurrency);
            entered = capability is null ? limit.TryEnter(share, Priority.Normal, 1) : limit.TryEnter(share, capability.Priority, capability.Bulkhead);
        }

        return entered ? Begin(context, decision, limit, share) : null;
    }

    /// <summary>The attempt is over, also when it has thrown; exactly once, before <see cref="Return"/>.</summary>
    /// <param name="hold">What was entered, with its outcome.</param>
    public void Leave(Hold hold)
    {
        hold.HasLeft = true;
        var body = hold.Body;
        if (body is not null) hold.Context.Request.Body = body.Inner;
        if (hold.LongLived is { } connection) _longLived.Remove(connection);
        hold.Endable?.Dispose();
        if (hold.Limit is { } limit)
        {
            var now = _time.GetTimestamp();
            limit.Leave(hold.Share);
            hold.Limit = null;
            limit.Learn(hold.Share, hold.Outcome, Latency(hold, body, now), now);
        }
    }

    /// <summary>Nobody needs it any more.</summary>
    public void Return(Hold hold)
    {
        hold.IsDone = true;
        if (hold.HasFired) _pool.Return(hold);
    }

    /// <summary>The limit of a new side.</summary>
    public SideLimit NewSide(CapabilityRules capability)
    {
        if (!_newSides.TryGetValue(capability.Name, out var limit))
        {
            limit = _newSides.GetOrAdd(capability.Name, static (_, start) => new SideLimit(start.Time, start.Bounds), (Time: _time, Bounds: capability.New.Concurrency));
        }

        limit.Allow(capability.New.Concurrency);
        return limit;
    }

    private static long? Latency(Hold hold, TimedBody? body, long now)
    {
        var began = hold.Started;
        if (body is not null)
        {
            if (body.Ended == 0) return null;
            began = body.Ended;
        }

        var ended = hold.Answered == 0 ? now : hold.Answered;
        return ended >= began ? ended - began : null;
    }

    private Hold Begin(HttpContext context, RouteDecision? decision, SideLimit limit, LimitShare share)
    {
        var hold = _pool.Get();
        (hold.Limit, hold.Share, hold.Context, hold.Decision) = (limit, share, context, decision);
        hold.Endable = Endables.Prepare(context);
        if (hold.Endable is not WebSocketEnd && RequestBody.IsIn(context) && context.Features.Get<RequestBody>() is not { IsKept: true })
        {
            hold.Body = new TimedBody(context.Request.Body, _time);
            context.Request.Body = hold.Body;
        }

        context.Response.OnStarting(OnStarting, hold);
        hold.Started = _time.GetTimestamp();
        return hold;
    }

    private void Begin(Hold hold)
    {
        if (hold.IsDone)
        {
            _pool.Return(hold);
            return;
        }

        hold.HasFired = true;
        if (hold.HasLeft) return;
        hold.Answered = _time.GetTimestamp();
        if (!LongLivedConnections.Is(hold.Context)) return;
        hold.LongLived = _longLived.Add(hold.Context, hold.Endable);
        hold.Limit?.Leave(hold.Share);
        hold.Limit = null;
    }

    private sealed class HoldPolicy(ConcurrencyLimits owner) : PooledObjectPolicy<Hold>
    {
        public override Hold Create() => new(owner);

        public override bool Return(Hold obj)
        {
            obj.Clear();
            return true;
        }
    }
}
