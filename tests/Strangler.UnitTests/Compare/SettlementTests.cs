using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class SettlementTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // The new side was behind and became right: lag, and nothing else.
    [InlineData(Freshness.Behind, Freshness.CaughtUp, true, true, Outcome.Stale, SettlementReason.CaughtUpLater)]
    [InlineData(Freshness.Behind, Freshness.CaughtUp, true, null, Outcome.Stale, SettlementReason.CaughtUpLater)]
    // It was not behind and became right: a bug that comes and goes.
    [InlineData(Freshness.CaughtUp, Freshness.CaughtUp, true, true, Outcome.Different, SettlementReason.CameAndWent)]
    [InlineData(Freshness.NoAdapters, Freshness.NoAdapters, true, true, Outcome.Different, SettlementReason.CameAndWent)]
    // It became right, but nobody knows whether it had been behind.
    [InlineData(Freshness.Unknown, Freshness.CaughtUp, true, true, Outcome.Undetermined, SettlementReason.LagUnknown)]
    // Still wrong although it has caught up, and legacy stands by its answer.
    [InlineData(Freshness.CaughtUp, Freshness.CaughtUp, false, true, Outcome.Different, SettlementReason.StillDifferent)]
    [InlineData(Freshness.Behind, Freshness.CaughtUp, false, true, Outcome.Different, SettlementReason.StillDifferent)]
    [InlineData(Freshness.Unknown, Freshness.CaughtUp, false, true, Outcome.Different, SettlementReason.StillDifferent)]
    [InlineData(Freshness.NoAdapters, Freshness.NoAdapters, false, true, Outcome.Different, SettlementReason.StillDifferent)]
    // Legacy itself says something else by now, or cannot be asked.
    [InlineData(Freshness.CaughtUp, Freshness.CaughtUp, false, false, Outcome.Undetermined, SettlementReason.LegacyChanged)]
    [InlineData(Freshness.NoAdapters, Freshness.NoAdapters, false, false, Outcome.Undetermined, SettlementReason.LegacyChanged)]
    [InlineData(Freshness.CaughtUp, Freshness.CaughtUp, false, null, Outcome.Undetermined, SettlementReason.LegacyNotAsked)]
    // The watermark never passed.
    [InlineData(Freshness.Behind, Freshness.Behind, true, true, Outcome.Undetermined, SettlementReason.WatermarkNotPassed)]
    [InlineData(Freshness.Behind, Freshness.Unknown, false, true, Outcome.Undetermined, SettlementReason.WatermarkNotPassed)]
    [InlineData(Freshness.Unknown, Freshness.Unknown, true, true, Outcome.Undetermined, SettlementReason.WatermarkNotPassed)]
    // Passed at the first ask is passed for good, whatever became of the adapters.
    [InlineData(Freshness.CaughtUp, Freshness.Unknown, false, true, Outcome.Different, SettlementReason.StillDifferent)]
    public void Judge_EveryCase(Freshness first, Freshness second, bool newEquals, bool? legacyEquals, Outcome outcome, SettlementReason reason) =>
        Settlement.Judge(first, new SecondLook(second, newEquals, legacyEquals)).ShouldBe(new Settlement(outcome, reason));

    [Fact]
    public void Judge_BugThatComesAndGoesOnAHealthyEdge_IsNeverStale()
    {
        // The watermark trails by 100 ms. The first ask waits for it, so the wrong answer was given by a side that had caught up.
        var ended = Start.AddMilliseconds(20);
        var reading = new Watermark(ended.AddMilliseconds(3), TimeSpan.FromMilliseconds(2));
        var first = Watermark.FreshnessOf(reading, reading, Start, ended);

        var settled = Settlement.Judge(first, new SecondLook(Freshness.CaughtUp, NewEqualsStored: true, LegacyEqualsStored: true));

        settled.Outcome.ShouldBe(Outcome.Different);
    }

    [Theory]
    [InlineData(-1000, 5, Freshness.Behind)]
    [InlineData(-6, 5, Freshness.Behind)]
    [InlineData(-5, 5, Freshness.Unknown)]
    [InlineData(10, 5, Freshness.Unknown)]
    [InlineData(24, 5, Freshness.Unknown)]
    [InlineData(25, 5, Freshness.CaughtUp)]
    [InlineData(1000, 990, Freshness.Unknown)]
    public void FreshnessOf_ReadingAroundTheAnswer_IsSureOnlyBeyondTheMargin(int watermark, int margin, Freshness expected)
    {
        var reading = Reading(watermark, margin);

        Watermark.FreshnessOf(reading, reading, legacyStarted: Start, legacyEnded: Start.AddMilliseconds(20)).ShouldBe(expected);
    }

    [Fact]
    public void FreshnessOf_BehindBeforeTheAskOnly_ProvesNothing()
    {
        // Between the reading and the ask the adapters may have caught up.
        Watermark.FreshnessOf(Reading(-1000, 5), null, Start, Start).ShouldBe(Freshness.Unknown);
        Watermark.FreshnessOf(Reading(-1000, 5), Reading(500, 5), Start, Start).ShouldBe(Freshness.Unknown);
        Watermark.FreshnessOf(Reading(-1000, 5), Reading(-750, 5), Start, Start).ShouldBe(Freshness.Behind);
        Watermark.FreshnessOf(null, null, Start, Start).ShouldBe(Freshness.Unknown);
    }

    private static Watermark Reading(int milliseconds, int margin) =>
        new(Start.AddMilliseconds(milliseconds), TimeSpan.FromMilliseconds(margin));
}
