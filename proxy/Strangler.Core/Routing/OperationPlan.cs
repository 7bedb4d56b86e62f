using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Resilience;

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
        Fallback = new FallbackCase(rules.Semantics, capability.Owner)
        {
            IsRetired = capability.State.Stage == Stage.Retired, ErrorsFallBack = capability.Rules.Fallback.OnErrors,
        };
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

    /// <summary>Its place in the fallback table, as far as that is the same for all its requests.</summary>
    public FallbackCase Fallback { get; }

    /// <summary>True when its requests go to the new side by the share of the reads, before the data does.</summary>
    public bool MovesWithReads => Rules.Semantics == Semantics.Safe || Rules.DataOnLegacy;

    /// <summary>Method and pattern: the same in every plan.</summary>
    public string Id => Rules.Id;

    /// <summary>The decision for a reason; always the same object for the same plan.</summary>
    public RouteDecision this[DecisionReason reason] => _decisions[(int)reason];

    // Whoever owns the data gets the requests, whatever else is said, but for a read that falls back.
    private Side SideOf(DecisionReason reason) => reason switch
    {
        DecisionReason.Fallback or DecisionReason.BreakerOpen => Side.Legacy,
        DecisionReason.NoFallback or DecisionReason.BreakerRefused or DecisionReason.InsideShare or DecisionReason.Included or DecisionReason.Everyone => Side.New,
        _ when Capability.Owner == Side.New => Side.New,
        _ => Side.Legacy,
    };
}
