using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Resilience.Breakers;

/// <summary>What the breakers of this edge look like to operators and to other edges.</summary>
internal static class BreakerAnswers
{
    private const string IsolatedState = "isolated";

    /// <summary>The breaker of a side, for the status.</summary>
    /// <param name="board">The breakers.</param>
    /// <param name="capability">The capability.</param>
    /// <param name="side">The side.</param>
    /// <param name="isIsolated">Whether an operator holds it open.</param>
    public static BreakerStatus Status(this BreakerBoard board, CapabilityPlan capability, Side side, bool isIsolated)
    {
        var reading = board.Read(capability, side);
        return new BreakerStatus(
            isIsolated ? IsolatedState : KebabNames<BreakerState>.Of(reading.State),
            BreakerWords.Of(capability.Rules.Name, side, reading, capability.Rules.Breaker, isIsolated),
            reading.Since?.TotalSeconds,
            isIsolated ? 0 : reading.Admitted * 100,
            reading.Trips);
    }

    /// <summary>What this edge tells the others.</summary>
    public static IReadOnlyList<EdgeBreaker> Report(this BreakerBoard board, Plan plan)
    {
        var said = new List<EdgeBreaker>();
        foreach (var capability in plan.Capabilities)
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                var resets = board.Resets(capability, side);
                var reading = board.Read(capability, side);
                if (reading is { State: BreakerState.Closed, Trips: 0 }) continue;
                said.Add(new EdgeBreaker(
                    capability.Rules.Name, RouteDecision.ToName(side), KebabNames<BreakerState>.Of(reading.State), resets, reading.Sick?.TotalSeconds, reading.Trips,
                    BreakerWords.Of(capability.Rules.Name, side, reading, capability.Rules.Breaker, isolated: false)));
            }
        }

        return said;
    }
}
