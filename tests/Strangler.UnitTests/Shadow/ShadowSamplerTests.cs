using System.Globalization;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Shadow;
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
        var sampler = new ShadowSampler();

        Enumerable.Range(0, 1000).Count(_ => sampler.Takes("shop", sample, unit: null)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(Stage.Shadow, 0)]
    [InlineData(Stage.ReadCanary, 10)]
    public void Takes_Unit_IsInOrOutAsAWhole(Stage stage, double share)
    {
        var sampler = new ShadowSampler();
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
        UnitSample.Of(Decider.Decide(operation, new Requester(unit)), unit) is { } sample ? sampler.Takes("shop", 0, sample) : null;

    private static OperationPlan Operation(Stage stage, double share, long number = 1)
    {
        var rules = TestPlan.Rules();
        rules = rules with { Capabilities = [rules.Capabilities[0] with { Shadow = new ShadowRules(0.25) }] };
        var states = new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = new(stage, share, Killed: false) };
        return new Plan(number, rules, states).FindOperation(TestPlan.OperationId)!;
    }
}
