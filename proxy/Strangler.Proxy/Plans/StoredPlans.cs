using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>Makes plans of states, and states of what the store has.</summary>
internal static class StoredPlans
{
    /// <summary>
    /// Compiles a state. The same rules stay the same object, so that whoever depends on them only, as YARP's routes do, sees that nothing
    /// has changed.
    /// </summary>
    /// <param name="source">Reads rules for this edge.</param>
    /// <param name="next">The state.</param>
    /// <param name="present">The state in force; null at the start.</param>
    /// <param name="compiled">The rules in force.</param>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    public static Plan Compile(RulesSource source, ControlState next, ControlState? present, RuleSet? compiled)
    {
        if (compiled is not null && next.Rules.SequenceEqual(present!.Rules)) return new Plan(next.Plan, compiled, next.Capabilities);
        var read = source.Parse(next.Rules);
        return read.Rules is { } rules ? new Plan(next.Plan, rules, next.Capabilities) : throw new InvalidRulesException([.. read.Errors]);
    }

    /// <summary>The state of a document of the store, or why it cannot be used.</summary>
    /// <param name="number">The number that the store keeps it under.</param>
    /// <param name="document">The document; null when it is gone.</param>
    /// <param name="state">The state.</param>
    public static RefusedPlan? TryRead(long number, string? document, out ControlState? state)
    {
        state = null;
        try
        {
            if (document is null) return new RefusedPlan(number, "the store does not have it any more", IsReadable: false);
            var read = PlanDocument.Read(document);
            if (read.Plan != number) return new RefusedPlan(number, $"it says that it is plan {read.Plan}", IsReadable: false);
            state = read;
            return null;
        }
        catch (FormatException error)
        {
            return new RefusedPlan(number, error.Message, IsReadable: false);
        }
    }

    /// <summary>The refusal of a plan whose rules do not compile here.</summary>
    public static RefusedPlan Refusal(long number, InvalidRulesException error) => new(
        number, $"its rules have {error.Diagnostics.Count} error{(error.Diagnostics.Count == 1 ? "" : "s")}, the first {error.Diagnostics[0]}",
        IsReadable: true);
}
