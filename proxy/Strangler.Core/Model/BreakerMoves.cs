namespace Strangler.Core.Model;

/// <summary>What operators do to the breaker of a side by hand.</summary>
internal static class BreakerMoves
{
    public static Transition Isolate(string name, CapabilityState state, Side side) => state.BreakerOf(side).Isolated
        ? Transition.Refuse($"the breaker of {Word(side)} of '{name}' is isolated already; to end that: {Reset(name, side)}")
        : Transition.Allow(With(state, side, state.BreakerOf(side) with { Isolated = true }));

    public static Transition Reset(CapabilityState state, Side side) =>
        Transition.Allow(With(state, side, new BreakerOrder(Isolated: false, state.BreakerOf(side).Resets + 1)));

    /// <summary>Why a capability may not be raised because of its breakers; null when it may.</summary>
    public static string? ReasonNotToRaise(Standing standing, Move move, Stage target)
    {
        var (name, state) = (standing.Name, standing.State);
        if (state.NewBreaker.Isolated && StageTable.Of(target).TakesShare)
        {
            return $"the new side of '{name}' is isolated, so nobody who is admitted would get there; first: {Reset(name, Side.New)}";
        }

        if (move.DespiteCoolDown || state.CoolDown is not { } coolDown || standing.Now >= coolDown.Until) return null;
        return $"'{name}' was lowered by its breaker and is not raised for another {Left(coolDown.Until - standing.Now)} ({coolDown.Why}); to raise it all the same: strangler promote {name} --despite-cool-down";
    }

    /// <summary>What is left of a cool-down: <c>23 min</c>, or seconds when it is less than one.</summary>
    public static string Left(TimeSpan left) => left.TotalMinutes >= 1 ? $"{Math.Ceiling(left.TotalMinutes):0} min" : $"{Math.Ceiling(left.TotalSeconds):0} s";

    private static CapabilityState With(CapabilityState state, Side side, BreakerOrder order) =>
        side == Side.New ? state with { NewBreaker = order } : state with { LegacyBreaker = order };

    private static string Reset(string name, Side side) => $"strangler breaker reset {name}{(side == Side.New ? "" : " --side legacy")}";

    private static string Word(Side side) => KebabNames<Side>.Of(side);
}
