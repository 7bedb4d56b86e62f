using Strangler.Sync.Mapping;

namespace Strangler.Sync.Applying;

/// <summary>The statements that write one target table, for any number of rows each.</summary>
internal sealed class TableSql
{
    /// <summary>Builds them.</summary>
    public TableSql(TargetTable table)
    {
        var columns = List(table.Columns, column => TableName.Quote(column.Name));
        var arrays = List(Enumerable.Range(1, table.Columns.Count), index => $"${index}");
        var insert = $"insert into {table.Name.Sql} as t ({columns}) select * from unnest({arrays})";
        Insert = table.Kind switch
        {
            TargetKind.Appended => insert,
            TargetKind.Shared => $"{insert} on conflict ({Keys(table)}) do nothing",
            _ => $"{insert} on conflict ({Keys(table)}) do {Update(table)}",
        };
        if (table.AggregateColumn is { } aggregate)
        {
            DeleteAll = $"{Delete(table)} where t.{TableName.Quote(aggregate.Name)} = any($1)";
            DeleteAbsent = $"{DeleteAll} and not exists (select from unnest({List(Enumerable.Range(2, table.Keys.Count), index => $"${index}")}) "
                + $"as n ({Keys(table)}) where {List(table.Keys, key => $"n.{TableName.Quote(key.Name)} = t.{TableName.Quote(key.Name)}", " and ")})";
        }
    }

    /// <summary>Writes rows; its parameters are the columns' arrays.</summary>
    public string Insert { get; }

    /// <summary>Deletes all rows of aggregates, or marks them as the table says; its parameter is the array of their target keys. Empty when the table is not owned.</summary>
    public string DeleteAll { get; } = "";

    /// <summary>Deletes the rows of aggregates that are not among those given; parameters: the target keys, then the key columns' arrays.</summary>
    public string DeleteAbsent { get; } = "";

    private static string Delete(TargetTable table) => table.SoftDeletion is { } mark
        ? $"update {table.Name.Sql} t set {TableName.Quote(mark.Column.Name)} = {TableName.Literal(mark.Value)}"
        : $"delete from {table.Name.Sql} t";

    private static string Keys(TargetTable table) => List(table.Keys, key => TableName.Quote(key.Name));

    private static string Update(TargetTable table)
    {
        var others = table.Columns.Except(table.Keys).ToList();
        if (others.Count == 0)
        {
            return "nothing";
        }

        var sets = List(others, column => $"{TableName.Quote(column.Name)} = excluded.{TableName.Quote(column.Name)}");
        var old = List(others, column => $"t.{TableName.Quote(column.Name)}");
        var now = List(others, column => $"excluded.{TableName.Quote(column.Name)}");
        return $"update set {sets} where ({old}) is distinct from ({now})";
    }

    private static string List<T>(IEnumerable<T> items, Func<T, string> text, string separator = ", ") =>
        string.Join(separator, items.Select(text));
}
