using Strangler.Core.Audit;
using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>Says in words what a move changes; units are named by token only, because the words go into log and audit.</summary>
internal static class MoveWords
{
    private const int TokenLength = 12;

    public static IEnumerable<string> Of(CapabilityState before, CapabilityState after)
    {
        if (before.Stage != after.Stage) yield return $"stage {before.Stage.ToName()} -> {after.Stage.ToName()}";
        if (!before.Share.Equals(after.Share)) yield return $"share {Transitions.Percent(before.Share)} -> {Transitions.Percent(after.Share)}";
        if (before.Everyone != after.Everyone) yield return after.Everyone ? "clients without identity: admitted" : "clients without identity: no longer admitted";
        if (before.Held != after.Held) yield return after.Held ? "held: nobody more is admitted" : "no longer held";
        if (before.Killed != after.Killed) yield return after.Killed ? "killed: everything to legacy, no copies" : "no longer killed";
        foreach (var side in Enum.GetValues<Side>())
        {
            foreach (var line in Of(KebabNames<Side>.Of(side), before.BreakerOf(side), after.BreakerOf(side))) yield return line;
        }

        if (before.CoolDown is null && after.CoolDown is { } coolDown) yield return $"not raised before {coolDown.Until.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}";
        if (before.CoolDown is not null && after.CoolDown is null) yield return "cool-down of the breaker ended";
        foreach (var line in Of("include", before.Include, after.Include)) yield return line;
        foreach (var line in Of("exclude", before.Exclude, after.Exclude)) yield return line;
    }

    private static IEnumerable<string> Of(string side, BreakerOrder before, BreakerOrder after)
    {
        if (!before.Isolated && after.Isolated) yield return $"breaker of {side}: isolated";
        if (before.Isolated && !after.Isolated) yield return $"breaker of {side}: no longer isolated";
        if (before.Resets != after.Resets) yield return $"breaker of {side}: closed on every edge";
    }

    private static IEnumerable<string> Of(string list, UnitSet before, UnitSet after)
    {
        var (added, removed) = (after.Without(before), before.Without(after));
        foreach (var unit in added.Units) yield return $"{list}: unit {Token(unit)} added";
        foreach (var group in added.Groups) yield return $"{list}: group {group} added";
        foreach (var unit in removed.Units) yield return $"{list}: unit {Token(unit)} taken off";
        foreach (var group in removed.Groups) yield return $"{list}: group {group} taken off";
    }

    private static string Token(string unit) => AuditChain.Hash(unit)[..TokenLength];
}
