using System.Buffers.Binary;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>
/// The client's end of a WebSocket, into which a close frame can be put between two frames of the side. The client answers it, that answer goes to
/// the side, and both are closed as if they had agreed on it. What the side sends after it is dropped.
/// </summary>
internal sealed class WebSocketStream(Stream inner) : Stream
{
    // FIN and opcode 8, no mask, two bytes of payload.
    private const byte CloseFrame = 0x88;
    private const byte CloseLength = 2;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly FrameReader _frames = new();
    private int _why;
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Closes it: now if the side is between two frames, else when it is.</summary>
    public async Task CloseAsync(EndReason why)
    {
        await _turn.WaitAsync();
        try
        {
            _why = (int)why;
            if (!_isClosed && _frames.IsBetween) await WriteCloseAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone: that is an end, too.
        }
        finally
        {
            _turn.Release();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var written = 0;
            while (written < buffer.Length && !_isClosed)
            {
                var length = _why == 0 ? ReadAll(buffer.Span) : _frames.ReadFrame(buffer.Span[written..]);
                await inner.WriteAsync(buffer.Slice(written, length), cancellationToken);
                written += length;
                if (_why != 0 && _frames.IsBetween) await WriteCloseAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a WebSocket is written asynchronously");

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await inner.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Flush() => throw new NotSupportedException("a WebSocket is written asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int ReadAll(ReadOnlySpan<byte> bytes)
    {
        for (var read = 0; read < bytes.Length;) read += _frames.ReadFrame(bytes[read..]);
        return bytes.Length;
    }

    private async Task WriteCloseAsync(CancellationToken cancel)
    {
        _isClosed = true;
        var frame = new byte[] { CloseFrame, CloseLength, 0, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)_why);
        await inner.WriteAsync(frame, cancel);
        await inner.FlushAsync(cancel);
    }
}
