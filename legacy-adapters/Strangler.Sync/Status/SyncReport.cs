namespace Strangler.Sync.Status;

/// <summary>The answer of <c>/v1/watermark</c>.</summary>
/// <param name="Now">The adapters' clock.</param>
/// <param name="Streams">All streams.</param>
internal sealed record SyncReport(DateTime Now, IReadOnlyList<StreamReport> Streams);
