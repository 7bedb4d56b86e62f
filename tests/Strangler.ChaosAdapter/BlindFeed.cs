using Strangler.Sync.Reading;

namespace Strangler.ChaosAdapter;

/// <summary>Says that the slot begins at the very start of the log, so that the start rule finds no gap.</summary>
internal sealed class BlindFeed(IChangeFeed inner) : IChangeFeed
{
    /// <inheritdoc/>
    public Lsn Received => inner.Received;

    /// <inheritdoc/>
    public Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation) => inner.IdentifyAsync(cancellation);

    /// <inheritdoc/>
    public async Task<SlotState?> SlotAsync(CancellationToken cancellation) =>
        await inner.SlotAsync(cancellation) is { } slot ? slot with { Confirmed = default } : null;

    /// <inheritdoc/>
    public Task<Lsn> RecreateSlotAsync(CancellationToken cancellation) => inner.RecreateSlotAsync(cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(ITransactionSink sink, CancellationToken cancellation) => inner.ReadAsync(sink, cancellation);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(Lsn end, CancellationToken cancellation) => inner.AcknowledgeAsync(end, cancellation);

    /// <inheritdoc/>
    public Task<Lsn> PositionAsync(CancellationToken cancellation) => inner.PositionAsync(cancellation);

    /// <inheritdoc/>
    public Task<Retention> RetentionAsync(CancellationToken cancellation) => inner.RetentionAsync(cancellation);

    /// <inheritdoc/>
    public Task NudgeAsync(CancellationToken cancellation) => inner.NudgeAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
