namespace Strangler.Sync.Reading;

/// <summary>One changed row, reduced to what routing needs.</summary>
/// <param name="Table">The table.</param>
/// <param name="Before">The values before the change of the columns in the replica identity; null for an insert, or when none of them changed.</param>
/// <param name="After">The values after the change; null for a delete.</param>
internal sealed record RowChange(
    Mapping.TableName Table, IReadOnlyDictionary<string, string?>? Before, IReadOnlyDictionary<string, string?>? After);
