namespace Strangler.Core.Compare;

/// <summary>One reading of the adapters' watermark, in the clock of whoever read it.</summary>
/// <param name="Time">Everything that the source committed before this time has been applied to the new store.</param>
/// <param name="Margin">By how much the time may be wrong, because clocks differ and the reading took time; never negative.</param>
public sealed record Watermark(DateTimeOffset Time, TimeSpan Margin)
{
    /// <summary>True if everything committed before this instant has certainly been applied.</summary>
    public bool HasPassed(DateTimeOffset instant) => Time - Margin >= instant;

    /// <summary>
    /// The freshness of the new side at one ask, compared to a legacy answer. Two readings frame the ask, because a watermark only ever
    /// grows: one taken before it can show that the side had caught up, and only one taken after it can show that it was still behind.
    /// </summary>
    /// <param name="before">The last reading taken before the ask; null when there is none.</param>
    /// <param name="after">A reading taken after the answer; null when there is none.</param>
    /// <param name="legacyStarted">When the request was sent to legacy.</param>
    /// <param name="legacyEnded">When legacy's answer was complete: it saw no data that was committed later.</param>
    public static Freshness FreshnessOf(Watermark? before, Watermark? after, DateTimeOffset legacyStarted, DateTimeOffset legacyEnded)
    {
        if (before is not null && before.HasPassed(legacyEnded)) return Freshness.CaughtUp;
        return after is not null && after.Time + after.Margin < legacyStarted ? Freshness.Behind : Freshness.Unknown;
    }
}
