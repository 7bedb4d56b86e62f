namespace Strangler.Sync.Status;

/// <summary>What a stream is doing.</summary>
internal enum StreamState
{
    /// <summary>It cannot go on; the error says why. It tries again by itself.</summary>
    Stopped,

    /// <summary>It brings every aggregate over, while changes flow too.</summary>
    Filling,

    /// <summary>The target is complete up to the watermark.</summary>
    Following,
}
