namespace Strangler.Sync.Reading;

/// <summary>Port: what changed in the source, in commit order. One object serves one session.</summary>
internal interface IChangeFeed : IAsyncDisposable
{
    /// <summary>Everything the source committed before this position has been handed to the queue, unless the queue says it is not idle.</summary>
    Lsn Received { get; }

    /// <summary>Which source this is.</summary>
    Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>Our slot; null when there is none.</summary>
    Task<SlotState?> SlotAsync(CancellationToken cancellation);

    /// <summary>Drops our slot if there is one and makes a new one; returns the position after which it sends everything.</summary>
    Task<Lsn> RecreateSlotAsync(CancellationToken cancellation);

    /// <summary>Reads until cancelled; ends only by an exception.</summary>
    /// <param name="from">Transactions that ended at or before this position may be left out.</param>
    /// <param name="queue">Takes the transactions.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task ReadAsync(Lsn from, TransactionQueue queue, CancellationToken cancellation);

    /// <summary>Tells the source that it may forget everything up to a position. Never goes back.</summary>
    Task AcknowledgeAsync(Lsn end, CancellationToken cancellation);

    /// <summary>The position at which the source writes now.</summary>
    Task<Lsn> PositionAsync(CancellationToken cancellation);

    /// <summary>Makes a quiet source write out its log, so that what it has written can be read.</summary>
    Task NudgeAsync(CancellationToken cancellation);
}
