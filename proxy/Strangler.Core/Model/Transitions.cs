using System.Globalization;

namespace Strangler.Core.Model;

/// <summary>
/// The moves between stages: one table of what each stage needs before it is entered, and the three verbs that use it.
/// Up goes one stage at a time, down goes anywhere at once.
/// </summary>
public static class Transitions
{
    private const string NoDataMove =
        "the data of '{0}' cannot move yet: this version has no way back for writes. Its reads can go to 100 % in read-canary";

    private static readonly StageRow[] Rows =
    [
        new(Stage.Legacy, TakesShare: false, Missing: null),
        new(Stage.Shadow, TakesShare: false, Missing: null),
        new(Stage.ReadCanary, TakesShare: true, Missing: null),
        new(Stage.WriteCanary, TakesShare: true, Missing: NoDataMove),
        new(Stage.NewPrimary, TakesShare: false, Missing: NoDataMove),
        new(Stage.Retired, TakesShare: false, Missing: NoDataMove),
    ];

    /// <summary>One step up, or a larger share of the same stage.</summary>
    /// <param name="name">The capability, for the sentences.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="to">The wanted stage; null for the next one, or for the same one when only its share grows.</param>
    /// <param name="share">Percent of the units, above 0 and at most 100, for a stage that takes a share.</param>
    public static Transition Promote(string name, CapabilityState state, Stage? to, double? share)
    {
        if (state.Killed)
        {
            return Transition.Refuse($"'{name}' was killed at {state.Stage.ToName()}; first put it on a stage: strangler rollback {name} --to legacy");
        }

        var target = to ?? NextFor(state, share);
        if (target < state.Stage)
        {
            return Transition.Refuse($"{target.ToName()} is below {state.Stage.ToName()}; to go down: strangler rollback {name} --to {target.ToName()}");
        }

        var row = Rows[(int)target];
        if (row.Missing is not null) return Transition.Refuse(string.Format(CultureInfo.InvariantCulture, row.Missing, name));
        if (target > state.Stage + 1)
        {
            return Transition.Refuse(
                $"'{name}' is at {state.Stage.ToName()} and goes up one stage at a time: next is {(state.Stage + 1).ToName()}");
        }

        return row.TakesShare ? WithShare(name, state, target, share) : WithoutShare(name, state, target, share);
    }

    /// <summary>Down to any lower stage at once; also the way out of a kill.</summary>
    /// <param name="name">The capability, for the sentences.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="to">The wanted stage; null for the one below.</param>
    public static Transition Rollback(string name, CapabilityState state, Stage? to)
    {
        if (state.Stage == Stage.Legacy) return Transition.Refuse($"'{name}' is at legacy already: there is nothing below");
        var target = to ?? state.Stage - 1;
        if (target >= state.Stage)
        {
            return Transition.Refuse($"{target.ToName()} is not below {state.Stage.ToName()}; legal: {NamesBelow(state.Stage)}");
        }

        return Transition.Allow(new CapabilityState(target, Rows[(int)target].TakesShare ? state.Share : 0, Killed: false));
    }

    /// <summary>Everything back to legacy at once, whatever the stage; never refused while legacy owns the data.</summary>
    public static Transition Kill(CapabilityState state) =>
        Transition.Allow(state.Stage == Stage.Legacy ? state : state with { Killed = true });

    private static Stage NextFor(CapabilityState state, double? share) =>
        share is not null && Rows[(int)state.Stage].TakesShare || state.Stage == Stage.Retired ? state.Stage : state.Stage + 1;

    private static Transition WithShare(string name, CapabilityState state, Stage target, double? share)
    {
        if (share is null) return Transition.Refuse($"{target.ToName()} needs a share: strangler promote {name} --to {target.ToName()} --share 10");
        if (share is not (> 0 and <= 100)) return Transition.Refuse(OutOfRange(share.Value));
        if (target == state.Stage && share < state.Share)
        {
            return Transition.Refuse(string.Create(CultureInfo.InvariantCulture,
                $"'{name}' is at {state.Share:0.###} % and promote only raises; to go down: strangler rollback {name}"));
        }

        return Transition.Allow(new CapabilityState(target, share.Value, Killed: false));
    }

    private static Transition WithoutShare(string name, CapabilityState state, Stage target, double? share)
    {
        if (share is not null) return Transition.Refuse($"{target.ToName()} takes no share: all units of '{name}' are treated alike there");
        return target == state.Stage
            ? Transition.Refuse($"'{name}' is at {target.ToName()} already")
            : Transition.Allow(new CapabilityState(target, 0, Killed: false));
    }

    private static string OutOfRange(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"a share of {share:0.###} % is out of range; legal: above 0 and at most 100");

    private static string NamesBelow(Stage stage) => string.Join(", ", StageNames.All.Take((int)stage));

    private sealed record StageRow(Stage Stage, bool TakesShare, string? Missing);
}
