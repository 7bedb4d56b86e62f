namespace Strangler.Core.Adapters;

/// <summary>What a stream can be doing.</summary>
public static class StreamStates
{
    /// <summary>It cannot go on; the error says why. It tries again by itself.</summary>
    public const string Stopped = "stopped";

    /// <summary>Another process follows the source; this one takes over when that one goes.</summary>
    public const string Waiting = "waiting";

    /// <summary>It brings every aggregate over, while changes flow too.</summary>
    public const string Filling = "filling";

    /// <summary>The target is complete up to the watermark.</summary>
    public const string Following = "following";

    /// <summary>The target is away or too slow: which aggregates change is noted, so that the source can forget its log.</summary>
    public const string Journaling = "journaling";

    /// <summary>Somebody has stopped it on purpose.</summary>
    public const string Paused = "paused";
}
