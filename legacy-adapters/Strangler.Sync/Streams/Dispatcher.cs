using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>Hands what one change feed reads to all streams of the source: one slot, any number of targets.</summary>
internal sealed class Dispatcher(IReadOnlyList<StreamInbox> inboxes) : ITransactionSink
{
    private volatile bool _open;
    private ulong _dispatched;

    /// <inheritdoc/>
    public void Begin() => _open = true;

    /// <inheritdoc/>
    public void Described(TableName table)
    {
        foreach (var inbox in inboxes)
        {
            inbox.Described(table);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation)
    {
        foreach (var inbox in inboxes)
        {
            await inbox.AddAsync(transaction, cancellation);
        }

        if (!transaction.IsLast)
        {
            return;
        }

        Volatile.Write(ref _dispatched, Math.Max(_dispatched, transaction.End.Value));
        // Only now: in between, nothing must look settled.
        _open = false;
    }

    /// <summary>Everything that ended up to here is in the inboxes, or was.</summary>
    /// <param name="received">What the feed had received before this is called.</param>
    public Lsn Settled(Lsn received)
    {
        var dispatched = new Lsn(Volatile.Read(ref _dispatched));
        return _open ? dispatched : Lsn.Max(dispatched, received);
    }
}
