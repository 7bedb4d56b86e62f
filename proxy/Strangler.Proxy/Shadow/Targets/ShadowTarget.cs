namespace Strangler.Proxy.Shadow.Targets;

/// <summary>One address that the shadow asks: connections that no client's request uses, a limit of asks at once, and a breaker.</summary>
internal sealed class ShadowTarget : IDisposable
{
    private readonly SemaphoreSlim _slots;

    public ShadowTarget(int concurrency, ShadowOptions options, TimeProvider time)
    {
        _slots = new SemaphoreSlim(concurrency, concurrency);
        Breaker = new TargetBreaker(options, time);
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = concurrency,
            ConnectTimeout = options.Timeout,
            MaxResponseDrainSize = 0,
        });
    }

    public HttpMessageInvoker Client { get; }

    public TargetBreaker Breaker { get; }

    /// <summary>Waits until fewer asks than the limit are under way; dispose what it gives when the ask has ended.</summary>
    public async Task<TargetSlot> EnterAsync(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        return new TargetSlot(_slots);
    }

    public void Dispose()
    {
        Client.Dispose();
        _slots.Dispose();
    }
}
