namespace Strangler.Sync.Mapping;

/// <summary>A table of the target and how its rows live.</summary>
public abstract class TargetTable
{
    private readonly Column[] _keys;
    private readonly Dictionary<Column, string> _owners = [];

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

    /// <summary>What a delete does instead of deleting; null when it deletes.</summary>
    internal SoftDeletion? SoftDeletion { get; private set; }

    /// <summary>The capability that owns a column; null when it is the one that has the mapping.</summary>
    internal string? OwnerOf(Column column) => _owners.GetValueOrDefault(column);

    private protected void Own(string capability, IEnumerable<string> properties)
    {
        foreach (var property in properties)
        {
            _owners[Plain(property)] = capability;
        }
    }

    private protected void DeleteSoftly(string property, string value) => SoftDeletion = Kind == TargetKind.Owned
        ? new SoftDeletion(Plain(property), value)
        : throw new ArgumentException($"The rows of {Name} belong to no aggregate, so none of them is ever deleted.", nameof(property));

    // A column other than those that say which row it is: these are the mapping's own, and never change.
    private Column Plain(string property)
    {
        var column = Columns.FirstOrDefault(column => column.PropertyName == property)
            ?? throw new ArgumentException($"{RowType.Name} has no property {property}.", nameof(property));
        return column == AggregateColumn || _keys.Contains(column)
            ? throw new ArgumentException($"{RowType.Name}.{property} says which row it is: name a column that is not part of the key.", nameof(property))
            : column;
    }

    private Column Find(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"{RowType.Name} has no property for the column {name} of {Name}.", nameof(name));
}
