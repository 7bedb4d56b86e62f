namespace Strangler.Core.Compare;

/// <summary>What an outcome rests on.</summary>
public enum SettlementReason
{
    /// <summary>The first comparison was equal.</summary>
    FirstLook,

    /// <summary>Still different although the new side had caught up, and legacy still answers the same.</summary>
    StillDifferent,

    /// <summary>The new side was not behind, and yet its answer was wrong for a while: a bug that comes and goes.</summary>
    CameAndWent,

    /// <summary>The new side gave no answer at the first look.</summary>
    NoAnswer,

    /// <summary>The new side was behind at the first look and later gave the stored legacy answer.</summary>
    CaughtUpLater,

    /// <summary>The new side's answer became right, but whether it had been behind is not known.</summary>
    LagUnknown,

    /// <summary>The watermark is unknown or did not pass the time of the legacy answer in time.</summary>
    WatermarkNotPassed,

    /// <summary>Legacy itself answers otherwise by now.</summary>
    LegacyChanged,

    /// <summary>Legacy could not be asked again.</summary>
    LegacyNotAsked,

    /// <summary>Too many exchanges were waiting for their second look.</summary>
    ListFull,

    /// <summary>A write that the new side rolled back: nothing of it can be asked again.</summary>
    NotRepeated,

    /// <summary>The plan stopped copies, or the edge stopped, before the second look.</summary>
    Stopped,
}
