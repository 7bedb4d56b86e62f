using System.Globalization;

namespace Strangler.Core.Model;

/// <summary>One step up, a larger share, or the last step of a share: everyone.</summary>
internal static class Promotion
{
    public static Transition Apply(Standing standing, Move move)
    {
        var (name, state) = (standing.Name, standing.State);
        if (state.Killed)
        {
            return Transition.Refuse($"'{name}' was killed at {state.Stage.ToName()}; first put it on a stage: strangler rollback {name} --to legacy");
        }

        if (state.Held) return Transition.Refuse($"'{name}' is held: nobody more is admitted; to end that: strangler hold {name} --release");
        var target = move.Stage ?? NextFor(state, move);
        if (target < state.Stage)
        {
            return Transition.Refuse($"{target.ToName()} is below {state.Stage.ToName()}; to go down: strangler rollback {name} --to {target.ToName()}");
        }

        if (target > state.Stage + 1)
        {
            return Transition.Refuse(
                $"'{name}' is at {state.Stage.ToName()} and goes up one stage at a time: next is {(state.Stage + 1).ToName()}");
        }

        if (BreakerMoves.ReasonNotToRaise(standing, move, target) is { } reason) return Transition.Refuse(reason);
        standing = standing with { State = state with { CoolDown = null } };
        var row = StageTable.Of(target);
        var missing = row.Needs(standing).ToList();
        if (missing.Count > 0)
        {
            return Transition.Refuse($"'{name}' cannot go to {target.ToName()}: {string.Join("; ", missing)}") with { Missing = missing };
        }

        return row.TakesShare ? WithShare(standing, target, move) : WithoutShare(standing, target, move);
    }

    private static Stage NextFor(CapabilityState state, Move move) =>
        (move.Share is not null || move.Everyone) && StageTable.Of(state.Stage).TakesShare || state.Stage == Stage.Retired ? state.Stage : state.Stage + 1;

    private static Transition WithShare(Standing standing, Stage target, Move move)
    {
        var (name, state) = (standing.Name, standing.State);
        var share = move.Share ?? (move.Everyone && target == state.Stage ? 100 : null);
        if (share is null) return Transition.Refuse($"{target.ToName()} needs a share: strangler promote {name} --to {target.ToName()} --share 10");
        if (share is not (> 0 and <= 100))
        {
            return Transition.Refuse($"a share of {Transitions.Percent(share.Value)} is out of range; legal: above 0 and at most 100");
        }

        if (target == state.Stage && share < state.Share)
        {
            return Transition.Refuse(
                $"'{name}' is at {Transitions.Percent(state.Share)} and promote only raises; to go down: strangler shrink {name} --share {share.Value.ToString(CultureInfo.InvariantCulture)}");
        }

        if (move.Everyone && !(target == state.Stage && state.Share >= 100))
        {
            return Transition.Refuse($"clients without identity are the last step: first 100 % of the units, strangler promote {name} --share 100");
        }

        return Transition.Allow(state with { Stage = target, Share = share.Value, Everyone = move.Everyone || target == state.Stage && state.Everyone });
    }

    private static Transition WithoutShare(Standing standing, Stage target, Move move)
    {
        var (name, state) = (standing.Name, standing.State);
        if (move.Share is not null || move.Everyone)
        {
            return Transition.Refuse($"{target.ToName()} takes no share: all units of '{name}' are treated alike there");
        }

        return target == state.Stage
            ? Transition.Refuse($"'{name}' is at {target.ToName()} already")
            : Transition.Allow(state with { Stage = target, Share = 0, Everyone = false });
    }
}
