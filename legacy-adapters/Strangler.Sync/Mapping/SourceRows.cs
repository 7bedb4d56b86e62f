namespace Strangler.Sync.Mapping;

/// <summary>The rows of one aggregate, as they were in one snapshot of the source.</summary>
public sealed class SourceRows
{
    private readonly Dictionary<SourceTable, List<object>> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <returns>The same object, so that tests can build an aggregate in one expression.</returns>
    public SourceRows Add<TRow>(SourceTable<TRow> table, TRow row)
        where TRow : class
    {
        AddRow(table, row);
        return this;
    }

    /// <summary>The rows of a table, in no particular order.</summary>
    public IEnumerable<TRow> Of<TRow>(SourceTable<TRow> table)
        where TRow : class => _rows.TryGetValue(table, out var list) ? list.Cast<TRow>() : [];

    internal void AddRow(SourceTable table, object row)
    {
        if (!_rows.TryGetValue(table, out var list))
        {
            _rows.Add(table, list = []);
        }

        list.Add(row);
    }
}
