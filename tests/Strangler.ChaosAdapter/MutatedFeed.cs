using Strangler.Sync.Reading;

namespace Strangler.ChaosAdapter;

/// <summary>Acknowledges whatever has been received, applied or not; and, if told so, hides from the start rule that the slot has moved on.</summary>
internal sealed class MutatedFeed(IChangeFeed inner, bool hidesGap) : IChangeFeed
{
    /// <inheritdoc/>
    public Lsn Received => inner.Received;

    /// <inheritdoc/>
    public Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation) => inner.IdentifyAsync(cancellation);

    /// <inheritdoc/>
    public async Task<SlotState?> SlotAsync(CancellationToken cancellation) =>
        await inner.SlotAsync(cancellation) is { } slot && hidesGap ? slot with { Confirmed = default } : await inner.SlotAsync(cancellation);

    /// <inheritdoc/>
    public Task<Lsn> RecreateSlotAsync(CancellationToken cancellation) => inner.RecreateSlotAsync(cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(ITransactionSink sink, CancellationToken cancellation) => inner.ReadAsync(sink, cancellation);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(Lsn end, CancellationToken cancellation) => inner.AcknowledgeAsync(inner.Received, cancellation);

    /// <inheritdoc/>
    public Task<Lsn> PositionAsync(CancellationToken cancellation) => inner.PositionAsync(cancellation);

    /// <inheritdoc/>
    public Task<Retention> RetentionAsync(CancellationToken cancellation) => inner.RetentionAsync(cancellation);

    /// <inheritdoc/>
    public Task NudgeAsync(CancellationToken cancellation) => inner.NudgeAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
