namespace Strangler.UnitTests;

/// <summary>What a call allocates.</summary>
internal static class Allocations
{
    private const int WarmUp = 100;
    private const int Calls = 10_000;

    /// <summary>
    /// Bytes of each of 10,000 calls, rounded down. Not of all together: a collection that another thread causes meanwhile takes this thread's allocation
    /// context away, and its unused rest, up to 8 KiB, is then counted as allocated.
    /// </summary>
    public static long PerCall(Action call)
    {
        for (var i = 0; i < WarmUp; i++) call();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) call();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
