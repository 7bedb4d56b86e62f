namespace Strangler.Sync.Reading.Triggers;

/// <summary>A row of <c>strangler.change</c>.</summary>
/// <param name="Xid">The transaction that wrote it.</param>
/// <param name="Id">Its number.</param>
/// <param name="Table">The table that was changed.</param>
/// <param name="Column">The column that routes; null when everything of the table may have changed.</param>
/// <param name="Keys">Values of that column; none when everything may have changed.</param>
internal sealed record TriggerNote(string Xid, long Id, string Table, string? Column, IReadOnlyList<string> Keys);
