using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>One operation inside a plan, with all decisions it can have.</summary>
public sealed class OperationPlan
{
    private readonly RouteDecision[] _decisions;

    internal OperationPlan(CapabilityPlan capability, OperationRules rules)
    {
        Capability = capability;
        Rules = rules;
        Changes = rules.Semantics == Semantics.Safe ? [] : [capability.Rules.Name, .. rules.Affects];
        MayCopy = rules.Semantics == Semantics.Safe || rules.IsGraphql || capability.Rules.Shadow.Writes == ShadowWrites.DryRun;
        Compare = capability.Compare.For(rules.Id);
        _decisions = Enum.GetValues<DecisionReason>().Select(reason => new RouteDecision(this, SideOf(reason), reason)).ToArray();
    }

    /// <summary>The capability it belongs to.</summary>
    public CapabilityPlan Capability { get; }

    /// <summary>What the rules say of it.</summary>
    public OperationRules Rules { get; }

    /// <summary>Names of the capabilities whose data a request of it may change in the monolith, its own first; empty for a safe one.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>True when requests of it may be copied; which of them is for the shadow to see.</summary>
    public bool MayCopy { get; }

    /// <summary>The compare rules that hold for it.</summary>
    public CompareRules Compare { get; }

    /// <summary>Method and pattern: the same in every plan.</summary>
    public string Id => Rules.Id;

    /// <summary>The decision for a reason; always the same object for the same plan.</summary>
    public RouteDecision this[DecisionReason reason] => _decisions[(int)reason];

    // Writes stay on legacy until data can move, and data cannot move yet.
    private static Side SideOf(DecisionReason reason) => reason switch
    {
        DecisionReason.InsideShare or DecisionReason.Included or DecisionReason.Everyone => Side.New,
        _ => Side.Legacy,
    };
}
