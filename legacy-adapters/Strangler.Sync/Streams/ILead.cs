namespace Strangler.Sync.Streams;

/// <summary>The lead over a source.</summary>
internal interface ILead : IAsyncDisposable
{
    /// <summary>Ends by an exception when the lead is lost, or when cancelled.</summary>
    Task WatchAsync(CancellationToken cancellation);
}
