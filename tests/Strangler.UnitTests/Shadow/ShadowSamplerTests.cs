using System.Globalization;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Shadow.Sampling;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class ShadowSamplerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(0.25, 250)]
    [InlineData(0.333, 333)]
    [InlineData(1, 1000)]
    public void Takes_RequestsWithoutUnit_ExactlyTheShare(double sample, int expected)
    {
        var sampler = new ShadowSampler(new ManualTimeProvider());
        var operation = Operation(Stage.Shadow, 0, shadow: new ShadowRules(sample) { Floor = 0 });

        Enumerable.Range(0, 1000).Count(_ => sampler.Takes(operation, unit: null)).ShouldBe(expected);
    }

    [Fact]
    public void Takes_FirstOfAnOperationInAnHour_WhateverTheSample()
    {
        var time = new ManualTimeProvider();
        var sampler = new ShadowSampler(time);
        var operation = Operation(Stage.Shadow, 0, shadow: new ShadowRules(0.001) { Floor = 7 });
        var outside = Units.Select(unit => UnitSample.Of(operation[DecisionReason.Stage], unit)!).First(sample => !sample.IsIn);

        for (var hour = 0; hour < 3; hour++)
        {
            Enumerable.Range(0, 500).Count(_ => sampler.Takes(operation, outside)).ShouldBe(7);
            time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void HasRoom_MoreThanTheRateInASecond_IsRefused()
    {
        var time = new ManualTimeProvider();
        var sampler = new ShadowSampler(time);
        var capability = Operation(Stage.Shadow, 0, shadow: new ShadowRules(1) { MaxRate = 3 }).Capability.Rules;

        for (var second = 0; second < 3; second++)
        {
            Enumerable.Range(0, 10).Count(_ => sampler.HasRoom(capability)).ShouldBe(3);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task TryTake_ManyAtOnce_GrantsExactlyTheMost()
    {
        var counter = new WindowCounter();

        var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5000).Count(_ => counter.TryTake(1, 10_001)))));

        granted.Sum().ShouldBe(10_001);
    }

    [Fact]
    public void Takes_AndHasRoom_AllocateNothing()
    {
        var sampler = new ShadowSampler(TimeProvider.System);
        var operation = Operation(Stage.Shadow, 0);
        var unit = UnitSample.Of(operation[DecisionReason.Stage], "user-1");

        Allocations.PerCall(() => _ = sampler.Takes(operation, unit) | sampler.Takes(operation, null) | sampler.HasRoom(operation.Capability.Rules)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Stage.Shadow, 0)]
    [InlineData(Stage.ReadCanary, 10)]
    public void Takes_Unit_IsInOrOutAsAWhole(Stage stage, double share)
    {
        var sampler = new ShadowSampler(new ManualTimeProvider());
        var operation = Operation(stage, share);
        var taken = Units.Where(unit => Takes(sampler, operation, unit) == true).ToArray();

        taken.ShouldBe(Units.Where(unit => Takes(sampler, Operation(Stage.Shadow, 0, number: 2), unit) == true && Takes(sampler, operation, unit) != null));
        (taken.Length / (double)Units.Count(unit => Takes(sampler, operation, unit) != null)).ShouldBe(0.25, tolerance: 0.03);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Of_WhoeverHasNoBucket_IsCountedLikeNobody(string? unit) =>
        UnitSample.Of(Operation(Stage.Shadow, 0)[DecisionReason.Stage], unit ?? new string('x', 10_000)).ShouldBeNull();

    private static IEnumerable<string> Units => Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"user-{i}"));

    // Null for a unit on the new side, which is never copied.
    private static bool? Takes(ShadowSampler sampler, OperationPlan operation, string unit) =>
        UnitSample.Of(Decider.Decide(operation, new Requester(unit)), unit) is { } sample ? sampler.Takes(operation, sample) : null;

    private static OperationPlan Operation(Stage stage, double share, long number = 1, ShadowRules? shadow = null)
    {
        var rules = TestPlan.Rules();
        rules = rules with { Capabilities = [rules.Capabilities[0] with { Shadow = shadow ?? new ShadowRules(0.25) { Floor = 0 } }] };
        var states = new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = new(stage, share, Killed: false) };
        return new Plan(number, rules, states).FindOperation(TestPlan.OperationId)!;
    }
}
