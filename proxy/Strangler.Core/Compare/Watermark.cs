namespace Strangler.Core.Compare;

/// <summary>One reading of the adapters' watermark, in the clock of whoever read it.</summary>
/// <param name="Time">Everything that the source committed before this time has been applied to the new store.</param>
/// <param name="Margin">By how much the time may be wrong, because clocks differ and the reading took time; never negative.</param>
public sealed record Watermark(DateTimeOffset Time, TimeSpan Margin)
{
    /// <summary>True if everything committed before this instant has certainly been applied.</summary>
    public bool HasPassed(DateTimeOffset instant) => Time - Margin >= instant;

    /// <summary>What a reading says about the freshness of the new side, compared to a legacy answer.</summary>
    /// <param name="adapters">Whether adapters feed the new side at all.</param>
    /// <param name="reading">The reading at the moment of the ask; null when there is none.</param>
    /// <param name="legacyStarted">When the request was sent to legacy.</param>
    /// <param name="legacyEnded">When legacy's answer was complete: it saw no data that was committed later.</param>
    public static Freshness FreshnessOf(bool adapters, Watermark? reading, DateTimeOffset legacyStarted, DateTimeOffset legacyEnded)
    {
        if (!adapters) return Freshness.NoAdapters;
        if (reading is null) return Freshness.Unknown;
        if (reading.HasPassed(legacyEnded)) return Freshness.CaughtUp;
        return reading.Time + reading.Margin < legacyStarted ? Freshness.Behind : Freshness.Unknown;
    }
}
