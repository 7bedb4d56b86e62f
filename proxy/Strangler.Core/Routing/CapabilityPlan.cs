using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>One capability inside a plan: its rules, where it stands, and the numbers that decide.</summary>
public sealed class CapabilityPlan
{
    internal CapabilityPlan(Plan plan, CapabilityRules rules, CapabilityState state)
    {
        Plan = plan;
        Rules = rules;
        State = state;
        Edge = Bucket.Edge(state.Share);
        SampleEdge = Bucket.Edge(rules.Shadow.Sample * 100);
        Include = UnitLookup.Of(state.Include);
        Exclude = UnitLookup.Of(state.Exclude);
        Compare = CompareRules.Of(rules);
        Operations = rules.Operations.Select(o => new OperationPlan(this, o)).ToArray();
    }

    /// <summary>The plan it is part of.</summary>
    public Plan Plan { get; }

    /// <summary>The number of the plan it is part of.</summary>
    public long PlanNumber => Plan.Number;

    /// <summary>What the rules say of it.</summary>
    public CapabilityRules Rules { get; }

    /// <summary>Where it stands.</summary>
    public CapabilityState State { get; }

    /// <summary>First bucket that stays on legacy in a canary stage, 0 to 2^32.</summary>
    public ulong Edge { get; }

    /// <summary>The same for the sample of units whose reads are copied, 0 to 2^32.</summary>
    public ulong SampleEdge { get; }

    /// <summary>Its compare rules, those of all operations.</summary>
    public CompareRules Compare { get; }

    /// <summary>Its operations in the order of the rules.</summary>
    public IReadOnlyList<OperationPlan> Operations { get; }

    /// <summary>Who is on the new side whatever the share is; null for nobody.</summary>
    internal UnitLookup? Include { get; }

    /// <summary>Who stays on legacy whatever the share is; null for nobody.</summary>
    internal UnitLookup? Exclude { get; }

    /// <summary>
    /// Requests and copies that this plan has sent to the new side and that are not finished, but for those in <see cref="LongLivedOnNewSide"/>.
    /// </summary>
    public InFlight OnNewSide { get; } = new();

    /// <summary>The side that is the system of record for its data. It keeps them when the capability is killed, until they are moved back.</summary>
    public Side Owner => State.Stage >= Stage.NewPrimary ? Side.New : Side.Legacy;

    /// <summary>
    /// Of what this plan has sent to the new side, the connections that live long, such as WebSockets: nobody waits for them, they are ended a
    /// time after a flip.
    /// </summary>
    public InFlight LongLivedOnNewSide { get; } = new();

    /// <summary>
    /// True when the adapters bring what is written in the monolith over to a side that answers reads, or may soon: whoever writes must find
    /// it again there.
    /// </summary>
    public bool FollowsLegacy => State.Stage is Stage.Shadow or Stage.ReadCanary;

    /// <summary>True when copies of safe reads that legacy has answered go to the new side.</summary>
    public bool Copies => !State.Killed && State.Stage is Stage.Shadow or Stage.ReadCanary && Rules.Shadow.Sample > 0;
}
