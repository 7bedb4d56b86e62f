using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Takes what a change feed reads.</summary>
internal interface ITransactionSink
{
    /// <summary>A transaction has begun: until it is completed, what has been received is not all.</summary>
    void Begin();

    /// <summary>The source has described a table anew: its columns may have changed.</summary>
    void Described(TableName table);

    /// <summary>A transaction has been read to its end. Waits while there is no room for it.</summary>
    ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation);
}
