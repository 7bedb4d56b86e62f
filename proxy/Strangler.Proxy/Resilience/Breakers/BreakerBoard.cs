using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience.Breakers;

/// <summary>
/// The breakers of this edge, two for each capability by its name: they outlive the plans, which hold only their rules and what operators have ordered.
/// What the request path asks here waits for nothing and allocates nothing.
/// </summary>
internal sealed class BreakerBoard
{
    /// <summary>How far back openings are told.</summary>
    public static readonly TimeSpan TripsWithin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, BreakerPair> _pairs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ILogger<BreakerBoard> _log;

    /// <summary>All closed.</summary>
    public BreakerBoard(Plan plan, TimeProvider time, ILogger<BreakerBoard> log)
    {
        (_time, _start, _log) = (time, time.GetTimestamp(), log);
        Follow(plan);
    }

    /// <summary>The breakers' time.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Takes the rules and orders of a new plan.</summary>
    public void Follow(Plan plan)
    {
        foreach (var capability in plan.Capabilities)
        {
            var (pair, now) = (Of(capability.Rules), Now);
            foreach (var side in Enum.GetValues<Side>())
            {
                pair.On(side).Obey(capability.Rules.Breaker, capability.Rules.New.Timeout, capability.State.BreakerOf(side).Resets, now);
            }
        }

        foreach (var gone in _pairs.Keys.Where(name => plan.FindCapability(name) is null)) _pairs.TryRemove(gone, out _);
    }

    /// <summary>True when a request that would go to the new side may go there.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="unit">Whose request it is; empty for nobody.</param>
    public bool AdmitsToNew(CapabilityPlan capability, ReadOnlySpan<char> unit)
    {
        if (capability.State.NewBreaker.Isolated) return false;
        var breaker = Of(capability.Rules).New;
        if (breaker.IsClosed) return true;
        var admitted = breaker.Admitted(Now);
        if (admitted is 0 or 1) return admitted > 0;
        if (unit.IsEmpty || unit.Length > Bucket.MaxUnitLength) return false;

        // The lowest of those who are on the new side, so that one in a hundred of them is one in a hundred at any share.
        var share = capability.State.Stage < Stage.NewPrimary ? capability.State.Share : 100;
        return Bucket.Of(unit, capability.Rules.Name) < Bucket.Edge(share * admitted);
    }

    /// <summary>What becomes of a decision: one for the new side that its breaker does not let through goes to legacy, or is refused.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="unit">Whose request it is; empty for nobody.</param>
    public RouteDecision Decide(RouteDecision decision, ReadOnlySpan<char> unit) => decision.Side != Side.New || AdmitsToNew(decision.Capability, unit)
        ? decision
        : decision.Operation[FallbackTable.CanEverFallBack(decision.Operation.Fallback) ? DecisionReason.BreakerOpen : DecisionReason.BreakerRefused];

    /// <summary>False when the decision leads to a side that must not be asked: the request is refused.</summary>
    public bool LetsThrough(RouteDecision decision) =>
        decision.Reason != DecisionReason.BreakerRefused && (decision.Reason != DecisionReason.BreakerOpen || TryPassToLegacy(decision.Capability));

    /// <summary>True when legacy may be asked what it does not answer anyway: a fallback, a diverted request. At half-open every so many may.</summary>
    public bool TryPassToLegacy(CapabilityPlan capability) => !capability.State.LegacyBreaker.Isolated && Of(capability.Rules).Legacy.TryPass(Now);

    /// <summary>True while legacy is asked nothing that it does not answer anyway.</summary>
    public bool IsLegacyOpen(CapabilityPlan capability) => capability.State.LegacyBreaker.Isolated || !Of(capability.Rules).Legacy.IsClosed;

    /// <summary>An attempt at a side begins; tell the ticket how it has ended.</summary>
    /// <param name="capability">The capability; null for what no capability claims.</param>
    /// <param name="side">The side that is asked.</param>
    public BreakerTicket Enter(CapabilityPlan? capability, Side side) => capability is null ? default : Of(capability.Rules).On(side).Enter(Now);

    /// <summary>A response transform: an answer of the new side that is no failure shows that it is alive, however long the answer takes.</summary>
    public ValueTask BeginAnswer(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && Attempts.Of((int)response.StatusCode) == AttemptOutcome.Answered && context.HttpContext.GetDecision() is { } decision)
        {
            Of(decision.Capability.Rules).New.Begin();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What there is to say of the breaker of a side.</summary>
    public BreakerReading Read(CapabilityPlan capability, Side side) => Of(capability.Rules).On(side).Read(Now, TripsWithin);

    /// <summary>How many resets the breaker of a side has obeyed. To be read before the rest.</summary>
    public long Resets(CapabilityPlan capability, Side side) => Of(capability.Rules).On(side).Resets;

    /// <summary>How often the breaker of a side has opened since the edge started.</summary>
    public long AllTrips(CapabilityPlan capability, Side side) => Of(capability.Rules).On(side).AllTrips;

    private BreakerPair Of(CapabilityRules rules) =>
        _pairs.TryGetValue(rules.Name, out var pair) ? pair : _pairs.GetOrAdd(rules.Name, static (name, of) => of.Board.Make(name, of.Rules), (Board: this, Rules: rules));

    private BreakerPair Make(string name, CapabilityRules rules) => new(rules.Breaker, (side, reading) => Tell(name, RouteDecision.ToName(side), reading));

    private void Tell(string capability, string side, BreakerReading reading)
    {
        switch (reading.State)
        {
            case BreakerState.Open:
                _log.BreakerOpened(capability, side, reading.Trip!.Own.Failed, reading.Trip.Own.Total);
                break;
            case BreakerState.HalfOpen:
                _log.BreakerHalfOpen(capability, side, reading.Admitted * 100);
                break;
            default:
                _log.BreakerClosed(capability, side);
                break;
        }
    }
}
