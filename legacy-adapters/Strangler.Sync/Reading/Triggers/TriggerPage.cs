namespace Strangler.Sync.Reading.Triggers;

/// <summary>Notes that have been read.</summary>
/// <param name="Snapshot">The text of the snapshot to which they belong.</param>
/// <param name="Notes">The notes, in the order of their keys.</param>
internal sealed record TriggerPage(string Snapshot, IReadOnlyList<TriggerNote> Notes);
