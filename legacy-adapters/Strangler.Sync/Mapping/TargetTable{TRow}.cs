namespace Strangler.Sync.Mapping;

/// <summary>A target table whose rows are written from <typeparamref name="TRow"/>: each property is a column in snake_case.</summary>
/// <typeparam name="TRow">A record with the columns that the mapping owns.</typeparam>
public sealed class TargetTable<TRow> : TargetTable
    where TRow : class
{
    internal TargetTable(string name, TargetKind kind, string? aggregateColumn, IReadOnlyList<string> keyColumns)
        : base(name, kind, aggregateColumn, keyColumns, typeof(TRow))
    {
    }
}
