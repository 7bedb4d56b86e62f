namespace Strangler.Benchmarks.Syncing;

/// <summary>Something that brings the source's changes over.</summary>
internal interface ISubscriber : IAsyncDisposable
{
    /// <summary>Begins to keep changes, but does not apply them yet.</summary>
    Task PrepareAsync(SyncPair pair);

    /// <summary>Begins to apply.</summary>
    Task StartAsync();

    /// <summary>Stops applying, so that what comes now is kept for the next start.</summary>
    Task StopAsync();

    /// <summary>Returns when everything up to a position is in the target for good.</summary>
    Task WaitAsync(ulong position);
}
