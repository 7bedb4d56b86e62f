using System.Globalization;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow.Triage;
using Xunit;

namespace Strangler.UnitTests.Shadow.Triage;

public sealed class DifferenceGroupsTests
{
    private readonly DifferenceGroups _groups = Records.Groups(3);

    [Fact]
    public void Add_SameDifferenceTwiceInAnExchange_CountsTheExchangeOnce()
    {
        _groups.Add([Records.Of("$.items[*].price"), Records.Of("$.items[*].price")]);

        _groups.Own("shop").ShouldHaveSingleItem().Different.ShouldBe(1);
    }

    [Fact]
    public void Add_EveryOutcome_IsCountedApart()
    {
        foreach (var outcome in new[] { Outcome.Different, Outcome.Different, Outcome.Stale, Outcome.Undetermined })
            _groups.Add([Records.Of(outcome: outcome)]);

        var group = _groups.Own("shop").ShouldHaveSingleItem();
        (group.Different, group.Stale, group.Undetermined, group.Total).ShouldBe((2, 1, 1, 4));
    }

    [Fact]
    public void Add_NoteOfAnEqualExchange_IsAGroupOfSeverityNote()
    {
        _groups.Add([Records.Of(outcome: Outcome.Equal, kind: DifferenceKind.NumberFormat)]);

        var group = _groups.Own("shop").ShouldHaveSingleItem();
        (group.Noted, group.Different, group.Severity).ShouldBe((1, 0, "note"));
    }

    [Fact]
    public void Add_MoreGroupsThanTheLimit_TheFrequentOneStays()
    {
        for (var i = 0; i < 5; i++) _groups.Add([Records.Of("$.frequent", second: i)]);
        for (var i = 0; i < 100; i++) _groups.Add([Records.Of(Once(i), second: 10 + i)]);

        _groups.Own("shop").Select(group => group.Path).ShouldBe(["$.frequent", "$.once98", "$.once99"], ignoreOrder: true);
        _groups.Evicted.ShouldBe(98);
    }

    [Fact]
    public void Add_MoreGroupsThanTheLimit_AJudgedOneStaysThoughItIsRare()
    {
        var rare = Records.Of("$.rare");
        var fingerprint = Fingerprint.Of(rare.Operation, 200, 200, rare.Difference);
        var groups = Records.Groups(3, null, Records.Judgement(JudgedAs.Acknowledged, 0) with { Fingerprint = fingerprint });
        groups.Add([rare]);

        for (var i = 0; i < 100; i++) groups.Add([Records.Of(Once(i / 2), second: 10 + i)]);

        groups.Own("shop").Select(group => group.Path).ShouldContain("$.rare");
    }

    [Fact]
    public void Own_NotSeenForTheRetention_IsForgotten()
    {
        var time = new ManualTimeProvider();
        var groups = Records.Groups(3, time);
        groups.Add([Records.Of("$.old"), Records.Of("$.young", second: 60)]);

        time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(30));

        groups.Own("shop").Select(group => group.Path).ShouldBe(["$.young"]);
    }

    [Fact]
    public void Own_AnotherCapability_IsEmpty()
    {
        _groups.Add([Records.Of()]);

        _groups.Own("cart").ShouldBeEmpty();
        _groups.Own(null).ShouldHaveSingleItem();
    }

    [Fact]
    public void Take_Twice_GivesEachOnce()
    {
        _groups.Add([Records.Of("$.a")]);
        _groups.Take().Select(group => group.Path).ShouldBe(["$.a"]);
        _groups.Add([Records.Of("$.b")]);

        _groups.Take().Select(group => group.Path).ShouldBe(["$.b"]);
        _groups.Own(null).Count.ShouldBe(2);
    }

    private static string Once(int i) => string.Create(CultureInfo.InvariantCulture, $"$.once{i}");
}
