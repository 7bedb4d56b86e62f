namespace Strangler.Sync.Mapping;

/// <summary>The rows of one aggregate, as they were in one snapshot of the source.</summary>
public sealed class SourceRows
{
    // Few tables: looking through them costs less than any hash.
    private readonly List<(SourceTable Table, object Row)> _rows = [];

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
        where TRow : class
    {
        foreach (var (of, row) in _rows)
        {
            if (of == table)
            {
                yield return (TRow)row;
            }
        }
    }

    internal void AddRow(SourceTable table, object row) => _rows.Add((table, row));
}
