namespace Strangler.Sync.Mapping;

/// <summary>A table of the source: what is read of it, and which column says to which aggregate a row belongs.</summary>
public abstract class SourceTable
{
    private readonly Column _route;
    private readonly RowFactory _rows;

    private protected SourceTable(string name, string routingColumn, IReadOnlyList<string> keyColumns, Type rowType)
    {
        Name = TableName.Parse(name);
        RowType = rowType;
        Columns = Column.Of(rowType);
        RoutingColumn = routingColumn;
        _rows = new RowFactory(rowType, Columns);
        _route = Find(routingColumn);
        Keys = [.. keyColumns.Select(Find)];
    }

    internal TableName Name { get; }

    internal Type RowType { get; }

    internal IReadOnlyList<Column> Columns { get; }

    internal string RoutingColumn { get; }

    /// <summary>The columns in which the rows of one aggregate differ; empty when nothing is known of that.</summary>
    internal IReadOnlyList<Column> Keys { get; }

    /// <summary>A row of these values, in the order of the columns.</summary>
    internal object NewRow(object?[] values) => _rows.New(values);

    /// <summary>The key of the aggregate to which the row belongs; null when the column is null.</summary>
    internal object? RouteOf(object row) => _route.Value(row);

    private Column Find(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"{RowType.Name} has no property for the column {name} of {Name}.", nameof(name));
}
