namespace Strangler.Proxy.Shadow;

/// <summary>
/// The bounds of the shadow. Counts and bytes hold for all capabilities together, so that the edge's memory and load are bounded; no capability takes more
/// than half of them.
/// </summary>
public sealed record ShadowOptions
{
    /// <summary>Largest body, in bytes as sent, that is captured and compared: 256 KiB. Of a larger one only the digest is compared.</summary>
    public int CaptureLimit { get; init; } = 256 * 1024;

    /// <summary>Largest body, in bytes as sent, whose digest is taken: 64 MiB.</summary>
    public long WholeLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>Largest body of a request that is kept for its copy: 64 KiB.</summary>
    public int RequestLimit { get; init; } = 64 * 1024;

    /// <summary>Most exchanges that wait for their copy to be sent: 1,000.</summary>
    public int QueueLimit { get; init; } = 1000;

    /// <summary>Most bytes that captures, queue and second looks hold together: 64 MiB.</summary>
    public long MemoryLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most copies that are under way at once to one address: 8. Also the most connections to it.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Most times at once that legacy is asked again to see its noise: 2. An exchange that finds none free goes without.</summary>
    public int ControlConcurrency { get; init; } = 2;

    /// <summary>Most second looks of one capability that are under way at once: 2. With <see cref="ControlConcurrency"/> the only load on legacy that the shadow adds.</summary>
    public int SecondLookConcurrency { get; init; } = 2;

    /// <summary>Most exchanges that wait for their second look: 400.</summary>
    public int SecondLookLimit { get; init; } = 400;

    /// <summary>Asks in a row without an answer after which an address is left in peace: 5.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long it is left in peace before one ask tries it: 5 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The last copies of a capability of which at most half may fail: 100.</summary>
    public int ErrorWindow { get; init; } = 100;

    /// <summary>How long a capability is not copied when more have failed: 30 s.</summary>
    public TimeSpan ErrorPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Total time that an ask may take, body included: 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time that a copy is held back for the watermark to pass the legacy answer: 1 s.</summary>
    public TimeSpan FirstLookWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time from the legacy answer until a second look is given up because the watermark has not passed: 10 s.</summary>
    public TimeSpan SecondLookWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it is believed that a new side rolls back copied writes before it must show it again: 30 s.</summary>
    public TimeSpan HandshakeEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is looked whether a new side must show it: 1 s.</summary>
    public TimeSpan HandshakePoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most groups of differences kept per capability: 500. A new one replaces the rarest.</summary>
    public int GroupLimit { get; init; } = 500;

    /// <summary>Most bytes of groups per capability that the store of several edges keeps: 8 MiB.</summary>
    public long GroupBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long a group is kept after it was seen last: 7 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often an edge brings what it has found to the store that it shares with others: every second.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(1);
}
