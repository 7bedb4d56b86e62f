namespace Strangler.Proxy.Resilience.Limits;

/// <summary>
/// A request's body that knows when it was read to its end: until then the side waits for the client, and that is not the side's latency.
/// </summary>
internal sealed class TimedBody(Stream inner, TimeProvider time) : Stream
{
    /// <summary>The body itself.</summary>
    public Stream Inner => inner;

    /// <summary>When its end was read; 0 as long as it was not.</summary>
    public long Ended { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<int>(Seen(read.Result, buffer.Length)) : WaitAsync(read, buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Seen(inner.Read(buffer, offset, count), count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> WaitAsync(ValueTask<int> read, int wanted) => Seen(await read, wanted);

    // Reading nothing into no room is a question whether there is something, and not the end.
    private int Seen(int count, int wanted)
    {
        if (count == 0 && wanted > 0 && Ended == 0) Ended = time.GetTimestamp();
        return count;
    }
}
