namespace Strangler.Sync.Mapping;

/// <summary>What the target holds of one aggregate: the outcome of a mapping.</summary>
public sealed class TargetRows
{
    // Few tables: looking through them costs less than any hash.
    private readonly List<(TargetTable Table, List<object> Rows)> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add<TRow>(TargetTable<TRow> table, TRow row)
        where TRow : class => AddRow(table, row);

    /// <summary>The rows of a table, in the order they were added.</summary>
    public IEnumerable<TRow> Of<TRow>(TargetTable<TRow> table)
        where TRow : class => RowsOf(table).Cast<TRow>();

    internal void AddRow(TargetTable table, object row)
    {
        var list = Find(table);
        if (list is null)
        {
            _rows.Add((table, list = []));
        }

        list.Add(row);
    }

    internal bool IsEmpty => _rows.Count == 0;

    internal IReadOnlyList<object> RowsOf(TargetTable table) => Find(table) ?? [];

    private List<object>? Find(TargetTable table)
    {
        foreach (var (of, rows) in _rows)
        {
            if (of == table)
            {
                return rows;
            }
        }

        return null;
    }
}
