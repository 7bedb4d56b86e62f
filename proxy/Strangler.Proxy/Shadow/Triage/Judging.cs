using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>What a judgement makes of the plan's state.</summary>
internal static class Judging
{
    /// <summary>The state with a judgement in the place of the one before.</summary>
    public static Edit Put(ControlState state, GroupRecord group, Judgement judgement)
    {
        var others = state.Judgements.Where(other => other.Fingerprint != group.Fingerprint).ToList();
        if (others.Count >= Judgement.Most && !TryMakeRoom(others, DateOnly.FromDateTime(judgement.At.UtcDateTime)))
        {
            return Edit.Refused(ChangeOutcome.Refused, $"there are {Judgement.Most} judgements, the most that a plan holds; reopen some that no longer matter, or put what is ignored into the rules");
        }

        return new Edit(state with { Judgements = [.. others, judgement] }, [group.Capability], [Words(group, judgement)]);
    }

    /// <summary>The state without a judgement.</summary>
    public static Edit Take(ControlState state, GroupRecord group)
    {
        var others = state.Judgements.Where(other => other.Fingerprint != group.Fingerprint).ToList();
        return others.Count == state.Judgements.Count ? Edit.Nothing(state) : new Edit(state with { Judgements = others }, [group.Capability], [$"{Name(group)}: new again"]);
    }

    // What is over goes first, then what was mended longest ago: should it come back it is a new group.
    private static bool TryMakeRoom(List<Judgement> judgements, DateOnly today)
    {
        var gone = judgements.Where(each => each.IsOver(today)).Concat(judgements.Where(each => each.As == JudgedAs.Fixed).OrderBy(each => each.At)).FirstOrDefault();
        return gone is not null && judgements.Remove(gone);
    }

    private static string Words(GroupRecord group, Judgement judgement) => $"{Name(group)}: {KebabNames<JudgedAs>.Of(judgement.As)}"
        + (judgement.Expires is { } expires ? FormattableString.Invariant($" until {expires:yyyy-MM-dd}") : "")
        + (judgement.Assignee is { } assignee ? $", assignee {assignee}" : "");

    private static string Name(GroupRecord group) => $"{group.Kind} at {group.Path} of {group.Operation} ({group.Fingerprint[..8]})";
}
