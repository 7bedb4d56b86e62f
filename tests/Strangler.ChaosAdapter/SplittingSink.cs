using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.ChaosAdapter;

/// <summary>Hands a transaction over aggregate by aggregate, each with the end of the whole: its position is passed before the rest has come.</summary>
internal sealed class SplittingSink(ITransactionSink inner) : ITransactionSink
{
    /// <inheritdoc/>
    public void Begin() => inner.Begin();

    /// <inheritdoc/>
    public void Described(TableName table) => inner.Described(table);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation)
    {
        if (transaction.Changes.Count < 2)
        {
            await inner.CompleteAsync(transaction, cancellation);
            return;
        }

        foreach (var change in transaction.Changes)
        {
            var piece = new Dictionary<DirtyKey, SourceRows?> { [change.Key] = change.Value };
            await inner.CompleteAsync(transaction with { Changes = piece, IsLast = true }, cancellation);
        }
    }
}
