namespace Strangler.Core.Model;

/// <summary>Puts units and groups on a list, or takes them off. Legal at every stage, so that testers can be named before anybody is moved.</summary>
internal static class Listing
{
    private const int MaxLength = 256;

    public static Transition Apply(
        CapabilityState state, Move move, Func<CapabilityState, UnitSet> list, Func<CapabilityState, UnitSet, CapabilityState> with)
    {
        var word = move.Verb == Verb.Include ? "include" : "exclude";
        if (move.Units.IsEmpty) return Transition.Refuse($"{word} needs at least one unit or group");
        if (move.Units.Units.Concat(move.Units.Groups).FirstOrDefault(IsBad) is { } bad)
        {
            return Transition.Refuse($"'{bad}' can be no unit or group: 1 to {MaxLength} characters, without control characters");
        }

        var before = list(state);
        var after = move.Remove ? before.Without(move.Units) : before.With(move.Units);
        if (after.Units.Count > UnitSet.MaxEntries || after.Groups.Count > UnitSet.MaxEntries)
        {
            return Transition.Refuse($"the list would have {Math.Max(after.Units.Count, after.Groups.Count)} entries, limit {UnitSet.MaxEntries}: name a group instead");
        }

        return Transition.Allow(with(state, after));
    }

    private static bool IsBad(string entry) => entry.Length is 0 or > MaxLength || entry.Any(char.IsControl) || entry != entry.Trim();
}
