using System.Globalization;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class DifferenceGroupsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly DifferenceGroups _groups = new(new ShadowOptions { GroupLimit = 3 });

    [Fact]
    public void Add_SameDifferenceTwiceInAnExchange_CountsTheExchangeOnce()
    {
        _groups.Add([Record("$.items[*].price"), Record("$.items[*].price")]);

        _groups.List("shop", 10).ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public void Add_EveryOutcome_IsCountedApart()
    {
        foreach (var outcome in new[] { Outcome.Different, Outcome.Different, Outcome.Stale, Outcome.Undetermined })
            _groups.Add([Record("$.a", outcome: outcome)]);

        var group = _groups.List("shop", 10).ShouldHaveSingleItem();
        (group.Count, group.Stale, group.Undetermined).ShouldBe((2, 1, 1));
    }

    [Fact]
    public void Add_MoreGroupsThanTheLimit_TheFrequentOneStays()
    {
        for (var i = 0; i < 5; i++) _groups.Add([Record("$.frequent", second: i)]);
        for (var i = 0; i < 100; i++) _groups.Add([Record(string.Create(CultureInfo.InvariantCulture, $"$.once{i}"), second: 10 + i)]);

        var groups = _groups.List("shop", 10);
        groups.Select(group => group.Path).ShouldBe(["$.frequent", "$.once99", "$.once98"]);
        _groups.Evicted.ShouldBe(98);
    }

    [Fact]
    public void List_SampleAndTimes_AreTheLastAndTheFirst()
    {
        for (var i = 0; i < 9; i++) _groups.Add([Record("$.a", second: i)]);

        var group = _groups.List(null, 10).ShouldHaveSingleItem();
        (group.FirstSeen, group.LastSeen).ShouldBe((Start, Start.AddSeconds(8)));
        (group.Sample.Method, group.Sample.Path, group.Sample.Legacy, group.Sample.New).ShouldBe(("GET", "/things/{id} #token", null, "2"));
    }

    [Fact]
    public void Add_ToOneGroup_KeepsTheLastFewRecords()
    {
        var group = new RecordedGroup("f", Start);
        for (var i = 0; i < 9; i++) group.Add(Record("$.a", second: i));

        group.Samples.Select(record => record.At.Second).ShouldBe([4, 5, 6, 7, 8]);
    }

    [Fact]
    public void List_AnotherCapability_IsEmpty()
    {
        _groups.Add([Record("$.a")]);

        _groups.List("cart", 10).ShouldBeEmpty();
        _groups.List("shop", 0).ShouldBeEmpty();
    }

    private static DifferenceRecord Record(string path, int second = 0, Outcome outcome = Outcome.Different) => new(
        "id",
        Start.AddSeconds(second),
        "shop",
        "GET /things/{id}",
        "token",
        Plan: 1,
        LegacyStatus: 200,
        NewStatus: 200,
        new Settlement(outcome, SettlementReason.StillDifferent),
        new Difference(DifferenceKind.Extra, path, path, ValueSummary.Missing, ValueSummary.Shown(SummaryType.Number, "2")));
}
