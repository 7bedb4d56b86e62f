namespace Strangler.Proxy.Adapters;

/// <summary>How the adapters are looked at.</summary>
public sealed record AdapterOptions
{
    /// <summary>Time between two looks at their watermarks: 250 ms. A client's own write keeps its reads on legacy for as much longer.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time that a look may take: 2 s. After it the watermarks are unknown.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);
}
