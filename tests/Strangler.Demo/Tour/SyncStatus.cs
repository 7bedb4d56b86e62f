namespace Strangler.Demo.Tour;

/// <summary>What the adapters say about themselves.</summary>
/// <param name="Streams">One per capability.</param>
internal sealed record SyncStatus(IReadOnlyList<SyncStream> Streams);
