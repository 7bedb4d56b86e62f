using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.UnitTests.Units;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class PlanHolderTests
{
    [Fact]
    public void Decide_NewSide_CountsUntilItLeaves()
    {
        var holder = new PlanHolder(TestPlan.At(Stage.ReadCanary, 100));
        var capability = holder.Current.Capabilities[0];

        var decision = Decide(holder);
        decision.Side.ShouldBe(Side.New);
        capability.OnNewSide.Count.ShouldBe(1);
        PlanHolder.Leave(decision);

        capability.OnNewSide.Count.ShouldBe(0);
    }

    [Fact]
    public void Decide_LegacySide_CountsNothing()
    {
        var holder = new PlanHolder(TestPlan.At(Stage.Legacy));

        PlanHolder.Leave(Decide(holder));

        holder.Current.Capabilities[0].OnNewSide.Count.ShouldBe(0);
    }

    [Fact]
    public void Decide_OperationThatThePlanDoesNotHave_DecidesNothing() =>
        new UnitParts().Decider.Decide(UnitParts.Request(), "GET /gone").ShouldBeNull();

    [Fact]
    public void TryEnter_PlanWasReplaced_IsRefusedAndCountsNothing()
    {
        var holder = new PlanHolder(TestPlan.At(Stage.ReadCanary, 100, number: 1));
        var old = holder.Current.Capabilities[0];
        holder.Swap(TestPlan.At(Stage.Legacy, number: 2));

        holder.TryEnter(old).ShouldBeFalse();

        old.OnNewSide.Count.ShouldBe(0);
    }

    // What a kill promises: once the old plan's count was seen at zero, nobody enters the new side under it any more.
    [Fact]
    public async Task Decide_SwappedUnderLoad_NoOldDecisionAfterTheCountWasZero()
    {
        const int Swaps = 2_000;
        var holder = new PlanHolder(TestPlan.At(Stage.ReadCanary, 100, number: 1));
        var drained = new StrongBox();
        var late = 0;
        var entered = 0L;
        var decider = new UnitParts(plans: holder).Decider;
        using var stop = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                // Read before the decision: a plan that was drained by then must not decide for the new side.
                var drainedBefore = Volatile.Read(ref drained.Plan);
                var decision = decider.Decide(UnitParts.Request("LegacySession=somebody"), TestPlan.OperationId)!;
                if (decision.Side == Side.New)
                {
                    Interlocked.Increment(ref entered);
                    if (decision.Capability.PlanNumber <= drainedBefore || decision.Capability.PlanNumber <= Volatile.Read(ref drained.Plan))
                    {
                        Interlocked.Increment(ref late);
                    }
                }

                PlanHolder.Leave(decision);
            }
        }, TestContext.Current.CancellationToken)).ToArray();

        for (var number = 2L; number <= Swaps; number++)
        {
            var old = holder.Current.Capabilities[0].OnNewSide;
            holder.Swap(TestPlan.At(Stage.ReadCanary, 100, number: number));
            SpinWait.SpinUntil(() => old.Count == 0);
            Volatile.Write(ref drained.Plan, number - 1);
        }

        SpinWait.SpinUntil(() => Interlocked.Read(ref entered) > 0);
        await stop.CancelAsync();
        await Task.WhenAll(requests);

        late.ShouldBe(0);
        holder.Current.Capabilities[0].OnNewSide.Count.ShouldBe(0);
    }

    private static RouteDecision Decide(PlanHolder holder) =>
        new UnitParts(plans: holder).Decider.Decide(UnitParts.Request("LegacySession=somebody"), TestPlan.OperationId)!;

    private sealed class StrongBox
    {
        public long Plan;
    }
}
