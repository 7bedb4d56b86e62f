namespace Strangler.Proxy.Shadow;

/// <summary>The bytes that the shadow may hold in all its rooms together.</summary>
internal sealed class ByteBudget(ShadowOptions options)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes bytes from the budget; false, and nothing is taken, when they are not there.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= options.MemoryLimit) return true;
        Release(bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
