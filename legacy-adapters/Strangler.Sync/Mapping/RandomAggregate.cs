namespace Strangler.Sync.Mapping;

/// <summary>An aggregate that was made for a check.</summary>
/// <param name="Key">Its key in the source, as text.</param>
/// <param name="Rows">Its rows, the root first.</param>
internal sealed record RandomAggregate(string Key, IReadOnlyList<(SourceTable Table, object Row)> Rows)
{
    /// <summary>Its rows as they were made.</summary>
    public SourceRows InOrder() => Of(Rows);

    /// <summary>These rows, in this order.</summary>
    public static SourceRows Of(IEnumerable<(SourceTable Table, object Row)> rows)
    {
        var source = new SourceRows();
        foreach (var (table, row) in rows)
        {
            source.AddRow(table, row);
        }

        return source;
    }
}
