using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>What local overrides make of a state. Nothing is ever raised by them.</summary>
internal static class Killed
{
    /// <summary>The state that is in force: the stored one, with what is overridden killed.</summary>
    public static ControlState Over(ControlState stored, IReadOnlyList<LocalOverride> overrides) => overrides.Aggregate(stored, Kill);

    /// <summary>The capabilities that are overridden, by name.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<LocalOverride> overrides) =>
        [.. overrides.SelectMany(o => o.Capabilities).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The part of an override that is not down already.</summary>
    public static LocalOverride Fresh(ControlState state, LocalOverride one) => one with { Capabilities = [.. one.Capabilities.Where(name => IsUp(state, name))] };

    /// <summary>The same kill as an ordinary change of the stored state, for the store.</summary>
    /// <param name="stored">The state that the store has.</param>
    /// <param name="one">What was overridden.</param>
    /// <param name="edge">At which edge.</param>
    public static Edit Merge(ControlState stored, LocalOverride one, string edge)
    {
        var next = Kill(stored, one);
        return new Edit(next, one.Capabilities, [$"local override of edge {edge}, at {one.At.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}", .. Words(stored, next, one.Capabilities)]);
    }

    /// <summary>The differences, in words.</summary>
    public static IReadOnlyList<string> Words(ControlState before, ControlState after, IReadOnlyList<string> names) =>
    [
        .. names.SelectMany(name => MoveWords.Of(before.Of(name), after.Of(name)).DefaultIfEmpty("was down already").Select(word => names.Count == 1 ? word : $"{name}: {word}")),
    ];

    /// <summary>True when one plan differs from another by kills only: such a one is never asked about and never held up.</summary>
    public static bool IsAll(Plan before, Plan after) => ReferenceEquals(before.Rules, after.Rules)
        && before.Capabilities.Zip(after.Capabilities).All(pair => pair.Second.State == pair.First.State || pair.Second.State == pair.First.State with { Killed = true });

    /// <summary>True when a capability has anything to take back.</summary>
    public static bool IsUp(ControlState state, string name) => state.Of(name) is { Killed: false, Stage: not Stage.Legacy };

    private static ControlState Kill(ControlState state, LocalOverride one) => one.Capabilities
        .Where(name => IsUp(state, name))
        .Aggregate(state, (s, name) => s.With(name, s.Of(name) with { Killed = true }, new LastChange(one.At, one.Actor, one.Reason, "kill")));
}
