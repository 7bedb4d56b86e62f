using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>What reading the rules files again makes of the state.</summary>
internal static class RulesEdit
{
    public static Edit Of(ControlState state, RulesSource rules, RuleSet present)
    {
        try
        {
            var files = rules.Read();
            if (files.SequenceEqual(state.Rules)) return Edit.Nothing(state);
            var next = StoredPlans.Compile(rules, state with { Rules = files }, null, null);
            return new Edit(state with { Rules = files }, [], [$"rules read from {rules.Path}", .. RulesChanges.Of(present, next.Rules), .. rules.Parse(files).Warnings.Select(w => w.ToString())]);
        }
        catch (InvalidRulesException error)
        {
            var count = error.Diagnostics.Count;
            return Edit.Refused(ChangeOutcome.RulesInvalid,
                $"the rules have {count} error{(count == 1 ? "" : "s")}; plan {state.Plan} stays in force", error.Diagnostics);
        }
    }
}
