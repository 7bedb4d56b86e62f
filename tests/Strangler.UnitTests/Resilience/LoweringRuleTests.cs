using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class LoweringRuleTests
{
    private const string Sentence = "breaker of new open for 31 s: 20 of 20 requests failed in 10 s (100 %, limit 50 %), legacy 0 of 35; next try in 3 s";

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 3, true)]
    [InlineData(1, 3, false)]
    [InlineData(2, 4, false)]
    [InlineData(3, 4, true)]
    public void Why_OpenOnSomeEdges_NeedsTheMajority(int open, int edges, bool lowers)
    {
        var reports = Enumerable.Range(0, edges).Select(i => Edge($"e{i}", i < open ? Breaker(sick: 31) : null)).ToList();

        (LoweringRule.Default.Why("catalog", 4, reports) is not null).ShouldBe(lowers);
    }

    [Fact]
    public void Why_MajorityOpen_SaysTheNumbers() =>
        LoweringRule.Default.Why("catalog", 4, [Edge("a", Breaker(sick: 40)), Edge("b", Breaker(sick: 31)), Edge("c", null)])
            .ShouldBe($"the breaker of new is open for 30 s or more on 2 of 3 edges: {Sentence}");

    [Fact]
    public void Why_OneEdgeOpenedThreeTimes_SaysTheNumbers() =>
        LoweringRule.Default.Why("catalog", 4, [Edge("a", null), Edge("b", Breaker(trips: 3)), Edge("c", null)])
            .ShouldBe($"the breaker of new has opened 3 times in 10 min on edge b: {Sentence}");

    [Theory]
    [InlineData(29, 2, "catalog", "new", 4)]
    [InlineData(31, 3, "search", "new", 4)]
    [InlineData(31, 3, "catalog", "legacy", 4)]
    [InlineData(31, 3, "catalog", "new", 3)]
    public void Why_NotEnoughOrNotMeant_IsNull(double sick, int trips, string capability, string side, long resets) =>
        LoweringRule.Default.Why("catalog", 4, [Edge("a", new EdgeBreaker(capability, side, "open", resets, sick, trips, Sentence))]).ShouldBeNull();

    private static EdgeBreaker Breaker(double? sick = null, int trips = 1) => new("catalog", "new", "open", 4, sick, trips, Sentence);

    private static EdgeReport Edge(string name, EdgeBreaker? breaker) => new(name, 1, 1, 0, null, [], 0) { Breakers = breaker is null ? [] : [breaker] };
}
