using System.Buffers;

namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>Collects a body in pooled memory, which the budget must have, up to a limit. Not safe for threads.</summary>
/// <param name="budget">Where the memory comes from.</param>
/// <param name="capability">On whose account.</param>
/// <param name="limit">The most bytes to collect.</param>
internal sealed class BodyBuffer(ByteBudget budget, string capability, int limit) : IDisposable
{
    private const int First = 4096;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>What was collected; gone when the buffer is disposed.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Adds bytes.</summary>
    /// <returns>Null; or why they were not added: <see cref="SkipReason.Size"/> or <see cref="SkipReason.BytesFull"/>.</returns>
    public SkipReason? TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > limit - _length) return SkipReason.Size;
        if (!TryGrow(_length + bytes.Length)) return SkipReason.BytesFull;
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
        return null;
    }

    /// <summary>What was collected, in an array of its own: the pooled memory goes back, so that no later room can spoil what another request writes into it.</summary>
    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            budget.Release(capability, _buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _length = 0;
    }

    private bool TryGrow(int needed)
    {
        if (needed <= _buffer.Length) return true;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(First, _buffer.Length * 2)));
        if (!budget.TryReserve(capability, larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        var length = _length;
        Written.CopyTo(larger);
        Dispose();
        _buffer = larger;
        _length = length;
        return true;
    }
}
