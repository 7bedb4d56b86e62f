using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>New rules are in force.</summary>
public sealed class RulesAppliedEventArgs(RuleSet rules) : EventArgs
{
    /// <summary>The rules of the plan in force.</summary>
    public RuleSet Rules => rules;
}
