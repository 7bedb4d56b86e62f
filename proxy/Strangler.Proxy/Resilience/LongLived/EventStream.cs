namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>The body of an answer that may be an event stream, which can be ended between two events; what comes after that is dropped.</summary>
/// <param name="inner">The body.</param>
/// <param name="ended">Called once, when the end has been reached.</param>
internal sealed class EventStream(Stream inner, Action ended) : Stream
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private EventReader _events;
    private bool _shallEnd;
    private bool _isEnded;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends it: now if it is between two events, else when it is.</summary>
    public async Task EndAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _shallEnd = true;
            if (_events.IsBetween) EndOnce();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isEnded) return;
            var length = _shallEnd ? _events.ReadEvent(buffer.Span) : ReadAll(buffer.Span);
            await inner.WriteAsync(buffer[..length], cancellationToken);
            if (!_shallEnd || !_events.IsBetween) return;
            await inner.FlushAsync(cancellationToken);
            EndOnce();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("an event stream is written asynchronously");

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("an event stream is written asynchronously");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int ReadAll(ReadOnlySpan<byte> bytes)
    {
        for (var read = 0; read < bytes.Length;) read += _events.ReadEvent(bytes[read..]);
        return bytes.Length;
    }

    private void EndOnce()
    {
        if (_isEnded) return;
        _isEnded = true;
        ended();
    }
}
