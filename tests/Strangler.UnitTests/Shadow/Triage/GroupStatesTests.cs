using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow.Triage;
using Xunit;

namespace Strangler.UnitTests.Shadow.Triage;

public sealed class GroupStatesTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Records.Start.UtcDateTime);

    [Fact]
    public void Of_NothingJudged_IsNew() => State(null, Records.Of()).ShouldBe("new");

    [Theory]
    [InlineData("v1", 200, "acknowledged")] // the build that was known goes on having it
    [InlineData("v2", 200, "regressed")] // a build that nobody knew
    [InlineData("v2", 50, "acknowledged")] // seen before it was judged
    [InlineData("", 200, "acknowledged")] // nobody can tell
    public void Of_Acknowledged_ANewBuildBringsItBack(string build, int second, string expected) =>
        State(Records.Judgement(JudgedAs.Acknowledged, 100, "v1", null, "v1"), Records.Of(build: "v1"), Records.Of(second: second, build: build)).ShouldBe(expected);

    [Theory]
    [InlineData("v2", 200, "regressed")] // the same build
    [InlineData("v3", 200, "regressed")] // a newer one
    [InlineData("v1", 200, "fixed")] // an old one that still runs
    [InlineData("", 200, "regressed")] // no build is stated: any answer counts
    [InlineData("v2", 50, "fixed")] // seen before it was judged
    public void Of_Fixed_TheSameOrANewerBuildBringsItBack(string build, int second, string expected) =>
        State(Records.Judgement(JudgedAs.Fixed, 100, "v2", null, "v1", "v2"), Records.Of(second: second, build: build)).ShouldBe(expected);

    [Theory]
    [InlineData(Outcome.Stale)]
    [InlineData(Outcome.Undetermined)]
    public void Of_Fixed_WhatWasNotShownDoesNotBringItBack(Outcome outcome) =>
        State(Records.Judgement(JudgedAs.Fixed, 100), Records.Of(second: 200, outcome: outcome)).ShouldBe("fixed");

    [Theory]
    [InlineData(0, "ignored")]
    [InlineData(-1, "new")]
    public void Of_Ignored_HoldsThroughItsLastDay(int days, string expected) =>
        State(Records.Judgement(JudgedAs.Ignored, 100, expires: Today.AddDays(days)), Records.Of(second: 200, build: "v9")).ShouldBe(expected);

    private static string State(Judgement? judgement, params ReadOnlySpan<DifferenceRecord> records) => GroupStates.Of(Records.Group(records), judgement, Today);
}
