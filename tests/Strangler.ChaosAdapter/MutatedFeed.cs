using Strangler.Sync.Reading;

namespace Strangler.ChaosAdapter;

/// <summary>A change feed that breaks one of the rules.</summary>
internal sealed class MutatedFeed(IChangeFeed inner, Mutation mutation) : IChangeFeed
{
    private readonly bool _acknowledgesEarly =
        mutation is Mutation.EarlyAcknowledgement or Mutation.EarlyAcknowledgementWithoutStartRule;

    // A slot that claims to send everything there ever was leaves no gap to be found.
    private readonly bool _hidesGap = mutation is Mutation.EarlyAcknowledgementWithoutStartRule or Mutation.NoGapCheck;

    /// <inheritdoc/>
    public Lsn Received => inner.Received;

    /// <inheritdoc/>
    public Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation) => inner.IdentifyAsync(cancellation);

    /// <inheritdoc/>
    public async Task<SlotState?> SlotAsync(CancellationToken cancellation) =>
        await inner.SlotAsync(cancellation) is { } slot ? _hidesGap ? slot with { Confirmed = default } : slot : null;

    /// <inheritdoc/>
    public async Task<Lsn> RecreateSlotAsync(CancellationToken cancellation)
    {
        var start = await inner.RecreateSlotAsync(cancellation);
        return _hidesGap ? default : start;
    }

    /// <inheritdoc/>
    public Task ReadAsync(ITransactionSink sink, CancellationToken cancellation) =>
        inner.ReadAsync(mutation == Mutation.AcknowledgementInsideTransaction ? new SplittingSink(sink) : sink, cancellation);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(Lsn end, CancellationToken cancellation) =>
        inner.AcknowledgeAsync(_acknowledgesEarly ? inner.Received : end, cancellation);

    /// <inheritdoc/>
    public Task<Lsn> PositionAsync(CancellationToken cancellation) => inner.PositionAsync(cancellation);

    /// <inheritdoc/>
    public Task<Retention> RetentionAsync(CancellationToken cancellation) => inner.RetentionAsync(cancellation);

    /// <inheritdoc/>
    public Task NudgeAsync(CancellationToken cancellation) => inner.NudgeAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
