using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Strangler.Sync.Reading;

/// <summary>Carries transactions from the one reader of the feed to the one that applies them. Full, it makes the reader wait.</summary>
internal sealed class TransactionQueue(int capacity)
{
    private readonly Channel<SourceTransaction> _channel = Channel.CreateBounded<SourceTransaction>(
        new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    private volatile bool _open;

    /// <summary>
    /// Whether nothing is on its way. To be asked after the feed's received position has been read: then everything up to that
    /// position has been taken from the queue.
    /// </summary>
    public bool IsIdle => !_open && _channel.Reader.Count == 0;

    /// <summary>The reader has seen a transaction begin.</summary>
    public void Begin() => _open = true;

    /// <summary>The reader has seen it to its end.</summary>
    public async ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation)
    {
        await _channel.Writer.WriteAsync(transaction, cancellation);
        // Only now: in between, the queue must not look idle.
        _open = false;
    }

    /// <summary>Takes a waiting transaction.</summary>
    public bool TryTake([NotNullWhen(true)] out SourceTransaction? transaction) => _channel.Reader.TryRead(out transaction);

    /// <summary>Returns when a transaction is waiting.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _channel.Reader.WaitToReadAsync(cancellation).AsTask();
}
