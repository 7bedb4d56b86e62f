using System.Buffers;

namespace Strangler.Proxy.Resilience.Bodies;

/// <summary>
/// Bytes from the pool that several may read: the last one gives them back. A handler can still be writing them to a connection when the request is
/// over; bytes that were given back too early would be somebody else's.
/// </summary>
internal sealed class PooledBytes(int length)
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(length);
    private int _readers = 1;

    public int Length => length;

    /// <summary>All bytes, for whoever fills them before anybody reads.</summary>
    public Memory<byte> Writable => _bytes.AsMemory(0, length);

    /// <summary>All bytes, between <see cref="TryHold"/> and <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => Writable;

    /// <summary>One more reader; false when the bytes were given back already.</summary>
    public bool TryHold()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _readers);
            if (seen == 0) return false;
            if (Interlocked.CompareExchange(ref _readers, seen + 1, seen) == seen) return true;
        }
    }

    /// <summary>One reader less; once for the maker and once for each <see cref="TryHold"/> that was true.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _readers) == 0) ArrayPool<byte>.Shared.Return(_bytes);
    }
}
