namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>Lets the forwarder read a request body as it comes and keeps a copy of the bytes, up to the buffer's limit. Never reads by itself.</summary>
internal sealed class RequestTee(Stream inner, BodyBuffer kept, long? contentLength) : Stream
{
    private long _length;
    private bool _ended;

    /// <summary>Why there is no copy; null while there is one.</summary>
    public SkipReason? GivenUp { get; private set; }

    /// <summary>True when all of the body was read.</summary>
    public bool IsComplete => _ended || _length == contentLength;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..read], buffer.Length);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Keep(buffer.AsSpan(offset, read), count);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> bytes, int wanted)
    {
        _length += bytes.Length;
        if (bytes.IsEmpty && wanted > 0) _ended = true;
        if (GivenUp is not null) return;
        try
        {
            GivenUp = kept.TryAppend(bytes) is not { } reason ? null : reason == SkipReason.Size ? SkipReason.RequestSize : reason;
        }
        catch (Exception)
        {
            // Never the client's problem.
            GivenUp = SkipReason.Failed;
        }

        if (GivenUp is not null) kept.Dispose();
    }
}
