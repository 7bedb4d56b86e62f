namespace Strangler.Sync.Reading;

/// <summary>Port: what changed in the source, in commit order. One object serves one session.</summary>
internal interface IChangeFeed : IAsyncDisposable
{
    /// <summary>Whether positions are those of the source's log, so that a snapshot of the source has its place among them.</summary>
    bool IsLog => true;

    /// <summary>Everything the source committed before this position has been handed over, unless a transaction has begun and not been completed.</summary>
    Lsn Received { get; }

    /// <summary>Which source this is.</summary>
    Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>Our slot; null when there is none.</summary>
    Task<SlotState?> SlotAsync(CancellationToken cancellation);

    /// <summary>Drops our slot if there is one and makes a new one; returns the position after which it sends everything.</summary>
    Task<Lsn> RecreateSlotAsync(CancellationToken cancellation);

    /// <summary>Reads from where the slot stands until cancelled; ends only by an exception.</summary>
    Task ReadAsync(ITransactionSink sink, CancellationToken cancellation);

    /// <summary>Tells the source that it may forget everything up to a position. Never goes back.</summary>
    Task AcknowledgeAsync(Lsn end, CancellationToken cancellation);

    /// <summary>The position at which the source writes now.</summary>
    Task<Lsn> PositionAsync(CancellationToken cancellation);

    /// <summary>How much the source keeps for us, and how much it still may write before it throws away what we need.</summary>
    Task<Retention> RetentionAsync(CancellationToken cancellation);

    /// <summary>Makes a quiet source write out its log, so that what it has written can be read.</summary>
    Task NudgeAsync(CancellationToken cancellation);
}
