namespace Strangler.Proxy.Resilience.Stale;

/// <summary>The bounds of what is kept for the time when nobody answers.</summary>
internal sealed record StaleOptions
{
    /// <summary>The most bytes that are kept, addresses and headers included, all operations together. Default 32 MiB.</summary>
    public long MemoryLimit { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest body that is kept, bytes. Default 256 KiB.</summary>
    public int BodyLimit { get; init; } = 256 * 1024;

    /// <summary>An answer younger than this is not replaced by a newer one, so that a busy address is copied once in this time. Default 1 s.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Answers kept of one address, one for each combination of the request headers that its <c>Vary</c> names. Default 4.</summary>
    public int VariantLimit { get; init; } = 4;
}
