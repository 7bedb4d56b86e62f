using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Passes a response body on as it comes and keeps a copy of the bytes, up to the capture limit. What is passed on never depends on
/// the copy: a write is copied after it has gone out, and a copy that cannot be kept is given up.
/// </summary>
internal sealed class ResponseTee(Stream inner, HttpResponse response, ShadowOptions options, ByteBudget budget) : Stream
{
    private const int FirstBuffer = 4096;

    private byte[] _buffer = [];
    private int _length;
    private bool _begun;

    /// <summary>Why there is no copy; null while there is one.</summary>
    public SkipReason? GivenUp { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The copy, in an array of its own: the pooled buffer goes back, so that no later room can spoil what another request writes into it.</summary>
    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    /// <summary>Gives the buffer back and stops copying.</summary>
    public void GiveUp(SkipReason? reason = null)
    {
        GivenUp ??= reason ?? SkipReason.Stopped;
        if (_buffer.Length == 0) return;
        budget.Release(_buffer.Length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Keep(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        Keep(buffer.AsSpan(offset, count));
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) GiveUp();
        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (GivenUp is not null) return;
        if (!_begun && IsEndless()) GiveUp(SkipReason.Streaming);
        else if (bytes.Length > options.CaptureLimit - _length) GiveUp(SkipReason.Size);
        else if (!TryGrow(_length + bytes.Length)) GiveUp(SkipReason.BytesFull);
        if (GivenUp is not null) return;
        _begun = true;
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    // The head is known only with the first byte of the body.
    private bool IsEndless() => response.ContentType is { } type
        && (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase));

    private bool TryGrow(int needed)
    {
        if (needed <= _buffer.Length) return true;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstBuffer, _buffer.Length * 2)));
        if (!budget.TryReserve(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        _buffer.AsSpan(0, _length).CopyTo(larger);
        var length = _length;
        if (_buffer.Length > 0)
        {
            budget.Release(_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        _length = length;
        return true;
    }
}
