using System.Threading.Channels;

namespace Strangler.Sync.Streams;

/// <summary>Something that one at a time may do.</summary>
internal sealed class Turn
{
    private readonly Channel<bool> _free = Channel.CreateBounded<bool>(1);

    /// <summary>A turn that nobody has.</summary>
    public Turn() => _free.Writer.TryWrite(true);

    /// <summary>Waits for it; it ends when the outcome is disposed of.</summary>
    public async ValueTask<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        await _free.Reader.ReadAsync(cancellation);
        return new Taken(_free.Writer);
    }

    /// <summary>Takes it when nobody has it; else null.</summary>
    public IDisposable? TryTake() => _free.Reader.TryRead(out _) ? new Taken(_free.Writer) : null;

    private sealed class Taken(ChannelWriter<bool> free) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                free.TryWrite(true);
            }
        }
    }
}
