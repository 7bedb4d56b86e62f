using System.Globalization;

namespace Strangler.Core.Model;

/// <summary>Where a move leads, or why it is refused. Up goes one stage at a time, down goes anywhere at once and is never gated.</summary>
public static class Transitions
{
    /// <summary>The state after a move, or the sentence that says why not and what to do.</summary>
    /// <param name="standing">Where the capability stands and what is known of it.</param>
    /// <param name="move">What the operator wants.</param>
    public static Transition Apply(Standing standing, Move move) => move.Verb switch
    {
        Verb.Promote => Promotion.Apply(standing, move),
        Verb.Rollback => Rollback(standing.Name, standing.State, move.Stage),
        Verb.Shrink => Shrink(standing.Name, standing.State, move.Share),
        Verb.Hold => Hold(standing.Name, standing.State),
        Verb.Release => Release(standing.Name, standing.State),
        Verb.Kill => Transition.Allow(standing.State.Stage == Stage.Legacy ? standing.State : standing.State with { Killed = true }),
        Verb.Include => Listing.Apply(standing.State, move, s => s.Include, (s, set) => s with { Include = set }),
        Verb.Exclude => Listing.Apply(standing.State, move, s => s.Exclude, (s, set) => s with { Exclude = set }),
        Verb.Isolate => BreakerMoves.Isolate(standing.Name, standing.State, move.Side),
        Verb.Reset => BreakerMoves.Reset(standing.State, move.Side),
        _ => throw new ArgumentOutOfRangeException(nameof(move), move.Verb, "no such verb"),
    };

    // The way out of a kill, too.
    private static Transition Rollback(string name, CapabilityState state, Stage? to)
    {
        if (state.Stage == Stage.Legacy) return Transition.Refuse($"'{name}' is at legacy already: there is nothing below");
        var target = to ?? state.Stage - 1;
        if (target >= state.Stage)
        {
            return Transition.Refuse($"{target.ToName()} is not below {state.Stage.ToName()}; legal: {string.Join(", ", StageNames.All.Take((int)state.Stage))}");
        }

        var keepsShare = StageTable.Of(target).TakesShare;
        return Transition.Allow(state with
        {
            Stage = target,
            Share = keepsShare ? state.Share : 0,
            Everyone = keepsShare && state.Everyone,
            Killed = false,
            Held = false,
        });
    }

    private static Transition Shrink(string name, CapabilityState state, double? share)
    {
        if (!StageTable.Of(state.Stage).TakesShare)
        {
            return Transition.Refuse($"'{name}' is at {state.Stage.ToName()}, where there is no share to shrink; to go down: strangler rollback {name}");
        }

        if (share is not (>= 0 and <= 100)) return Transition.Refuse($"shrink needs the share that stays, 0 to 100: strangler shrink {name} --share 5");
        return share < state.Share || share == 100 && state.Everyone
            ? Transition.Allow(state with { Share = share.Value, Everyone = false })
            : Transition.Refuse($"'{name}' is at {Percent(state.Share)} and shrink only lowers; to raise: strangler promote {name} --share {share.Value.ToString(CultureInfo.InvariantCulture)}");
    }

    private static Transition Hold(string name, CapabilityState state) => state.Held
        ? Transition.Refuse($"'{name}' is held already; to end it: strangler hold {name} --release")
        : Transition.Allow(state with { Held = true });

    private static Transition Release(string name, CapabilityState state) => state.Held
        ? Transition.Allow(state with { Held = false })
        : Transition.Refuse($"'{name}' is not held");

    /// <summary>A share as people read it: <c>12.5 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.###} %");
}
