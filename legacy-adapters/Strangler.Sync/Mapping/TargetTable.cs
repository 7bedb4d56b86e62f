namespace Strangler.Sync.Mapping;

/// <summary>A table of the target and how its rows live.</summary>
public abstract class TargetTable
{
    private readonly Column[] _keys;

    private protected TargetTable(string name, TargetKind kind, string? aggregateColumn, IReadOnlyList<string> keyColumns, Type rowType)
    {
        Name = TableName.Parse(name);
        Kind = kind;
        RowType = rowType;
        Columns = Column.Of(rowType);
        AggregateColumn = aggregateColumn is null ? null : Find(aggregateColumn);
        _keys = [.. keyColumns.Select(Find)];
    }

    internal TableName Name { get; }

    internal TargetKind Kind { get; }

    internal Type RowType { get; }

    internal IReadOnlyList<Column> Columns { get; }

    internal IReadOnlyList<Column> Keys => _keys;

    /// <summary>The column with the aggregate's key; only owned tables have one.</summary>
    internal Column? AggregateColumn { get; }

    /// <summary>Whether an aggregate has at most one row here.</summary>
    internal bool OnePerAggregate => _keys is [var only] && only == AggregateColumn;

    private Column Find(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"{RowType.Name} has no property for the column {name} of {Name}.", nameof(name));
}
