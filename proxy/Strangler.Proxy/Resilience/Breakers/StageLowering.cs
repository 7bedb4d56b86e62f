using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Resilience.Breakers;

/// <summary>
/// Takes a capability from read-canary to shadow when its breakers say that the new side cannot serve. Every edge looks; the store's compare-and-set
/// and the number of resets, which the change raises, let only one of them do it.
/// </summary>
internal sealed class StageLowering(ControlPlane control, BreakerBoard breakers, LoweringRule rule, TimeProvider time) : EdgeLoop
{
    /// <summary>The actor in the audit log.</summary>
    public const string Actor = "breaker";

    private const int MaxReason = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(LookEvery, time, stop);
            try
            {
                await LookAsync(stop);
            }
            catch (ControlStoreException)
            {
                // The follower says that the store is away; the breaker of this edge protects its own shoppers meanwhile.
            }
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        var plan = control.Plans.Current;
        var canaries = plan.Capabilities.Where(MayLower).ToList();
        if (canaries.Count == 0 || !canaries.Any(c => breakers.Read(c, Side.New) is { Trips: > 0 } or { State: not BreakerState.Closed })) return;
        var own = control.Report with { Breakers = breakers.Report(plan) };
        IReadOnlyList<EdgeReport> edges = [.. (await control.Store.ReadEdgesAsync(cancel)).Where(edge => edge.Edge != own.Edge), own];
        foreach (var capability in canaries)
        {
            var (name, resets) = (capability.Rules.Name, capability.State.NewBreaker.Resets);
            if (rule.Why(name, resets, edges) is not { } why) continue;
            if (why.Length > MaxReason) why = why[..MaxReason];
            await control.EditAsync("rollback", new ChangeRequest(Actor, why, null, DryRun: false), state => Lower(state, name, resets, why), cancel);
        }
    }

    private static bool MayLower(CapabilityPlan capability) => capability.State is { Stage: Stage.ReadCanary, Killed: false, NewBreaker.Isolated: false };

    // Nothing, when another edge was faster or an operator has done something about it.
    private Edit Lower(ControlState state, string name, long resets, string why)
    {
        var before = state.Of(name);
        if (before is not { Stage: Stage.ReadCanary, Killed: false, NewBreaker.Isolated: false } || before.NewBreaker.Resets != resets) return Edit.Nothing(state);
        var now = time.GetUtcNow();
        var after = before with
        {
            Stage = Stage.Shadow,
            Share = 0,
            Everyone = false,
            NewBreaker = before.NewBreaker with { Resets = resets + 1 },
            CoolDown = new CoolDown(now + CoolDown.Length, why),
        };
        return new Edit(state.With(name, after, new LastChange(now, Actor, why, "rollback")), [name], [.. MoveWords.Of(before, after)]);
    }
}
