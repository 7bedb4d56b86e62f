namespace Strangler.Sync.Mapping;

/// <summary>A source table whose rows are read as <typeparamref name="TRow"/>: each property is a column in snake_case.</summary>
/// <typeparam name="TRow">A record with the columns that the mapping needs, no others.</typeparam>
public sealed class SourceTable<TRow> : SourceTable
    where TRow : class
{
    internal SourceTable(string name, string routingColumn, params IReadOnlyList<string> keyColumns)
        : base(name, routingColumn, keyColumns, typeof(TRow))
    {
    }
}
