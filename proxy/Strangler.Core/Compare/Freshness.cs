namespace Strangler.Core.Compare;

/// <summary>What is known about the data of the new side at the moment it was asked, compared to a legacy answer.</summary>
public enum Freshness
{
    /// <summary>No adapters feed the new side: there is nothing it could lag behind.</summary>
    NoAdapters,

    /// <summary>Certainly at least as fresh: the watermark, less the clock margin, had passed the end of the legacy answer.</summary>
    CaughtUp,

    /// <summary>Certainly behind: even after the ask the watermark, plus the clock margin, had not reached the start of the legacy answer.</summary>
    Behind,

    /// <summary>Neither can be shown, or the adapters could not be asked.</summary>
    Unknown,
}
