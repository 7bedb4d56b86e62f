namespace Strangler.Sync.Mapping;

/// <summary>A table of the source: what is read of it, and which column says to which aggregate a row belongs.</summary>
public abstract class SourceTable
{
    private readonly Column _route;

    private protected SourceTable(string name, string routingColumn, Type rowType)
    {
        Name = TableName.Parse(name);
        RowType = rowType;
        Columns = Column.Of(rowType);
        RoutingColumn = routingColumn;
        _route = Columns.FirstOrDefault(column => column.Name == routingColumn)
            ?? throw new ArgumentException($"{rowType.Name} has no property for the column {routingColumn} of {name}.", nameof(routingColumn));
    }

    internal TableName Name { get; }

    internal Type RowType { get; }

    internal IReadOnlyList<Column> Columns { get; }

    internal string RoutingColumn { get; }

    /// <summary>The key of the aggregate to which the row belongs; null when the column is null.</summary>
    internal object? RouteOf(object row) => _route.Value(row);
}
