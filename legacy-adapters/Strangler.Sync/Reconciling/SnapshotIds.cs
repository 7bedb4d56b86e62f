namespace Strangler.Sync.Reconciling;

/// <summary>Exported snapshots of both stores that show the same instant of the source.</summary>
/// <param name="Source">The source's, as <c>pg_export_snapshot</c> named it.</param>
/// <param name="Target">The target's.</param>
internal sealed record SnapshotIds(string Source, string Target);
