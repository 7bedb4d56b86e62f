using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>
/// The bytes that the shadow may hold in all its rooms together. No capability may hold more than half of them, so that one whose new side
/// is dead does not take the room of the others.
/// </summary>
internal sealed class ByteBudget(ShadowOptions options)
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _capabilities = new(StringComparer.Ordinal);
    private long _used;

    /// <summary>What is held now; never more than <see cref="ShadowOptions.MemoryLimit"/>.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes bytes from the budget; false, and nothing is taken, when they are not there.</summary>
    public bool TryReserve(string capability, long bytes)
    {
        ref var own = ref Of(capability).Value;
        if (!TryAdd(ref own, bytes, options.MemoryLimit / 2)) return false;
        if (TryAdd(ref _used, bytes, options.MemoryLimit)) return true;
        Interlocked.Add(ref own, -bytes);
        return false;
    }

    public void Release(string capability, long bytes)
    {
        Interlocked.Add(ref Of(capability).Value, -bytes);
        Interlocked.Add(ref _used, -bytes);
    }

    private StrongBox<long> Of(string capability) => _capabilities.GetOrAdd(capability, static _ => new StrongBox<long>());

    private static bool TryAdd(ref long used, long bytes, long limit)
    {
        while (true)
        {
            var before = Interlocked.Read(ref used);
            if (before + bytes > limit) return false;
            if (Interlocked.CompareExchange(ref used, before + bytes, before) == before) return true;
        }
    }
}
