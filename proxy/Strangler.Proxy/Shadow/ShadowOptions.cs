namespace Strangler.Proxy.Shadow;

/// <summary>The bounds of the shadow. They are the same for all capabilities together, so that the edge's memory and load are bounded.</summary>
public sealed record ShadowOptions
{
    /// <summary>Largest body, in bytes as sent, that is captured and compared: 256 KiB.</summary>
    public int CaptureLimit { get; init; } = 256 * 1024;

    /// <summary>Most exchanges that wait for their copy to be sent: 1,000.</summary>
    public int QueueLimit { get; init; } = 1000;

    /// <summary>Most bytes that captures, queue and second looks hold together: 64 MiB.</summary>
    public long MemoryLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most copies that are under way at once: 8. Also the most connections to one address.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Most times at once that legacy is asked again to see its noise: 2. An exchange that finds none free goes without.</summary>
    public int ControlConcurrency { get; init; } = 2;

    /// <summary>Most second looks that are under way at once: 2. With <see cref="ControlConcurrency"/> the only load on legacy that the shadow adds.</summary>
    public int SecondLookConcurrency { get; init; } = 2;

    /// <summary>Most exchanges that wait for their second look: 200.</summary>
    public int SecondLookLimit { get; init; } = 200;

    /// <summary>Total time that an ask may take, body included: 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time that a copy is held back for the watermark to pass the legacy answer: 1 s.</summary>
    public TimeSpan FirstLookWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time from the legacy answer until a second look is given up because the watermark has not passed: 10 s.</summary>
    public TimeSpan SecondLookWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most groups of differences kept per capability: 500. A new one replaces the rarest.</summary>
    public int GroupLimit { get; init; } = 500;
}
