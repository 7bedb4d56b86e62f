namespace Strangler.Proxy.Shadow.Targets;

/// <summary>The right to one ask of a target.</summary>
internal sealed class TargetSlot(SemaphoreSlim slots) : IDisposable
{
    public void Dispose() => slots.Release();
}
