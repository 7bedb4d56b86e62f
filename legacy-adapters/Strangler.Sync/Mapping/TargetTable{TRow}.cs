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

    /// <summary>Says that other capabilities own some of the columns, which this mapping only brings along as copies to be read.</summary>
    /// <param name="capability">The owner, such as <c>loyalty</c>.</param>
    /// <param name="properties">Names of properties of <typeparamref name="TRow"/>, none of them of the key.</param>
    /// <returns>The same table.</returns>
    /// <exception cref="ArgumentException">There is no such property, or it is part of the key.</exception>
    public TargetTable<TRow> OwnedBy(string capability, params IReadOnlyList<string> properties)
    {
        Own(capability, properties);
        return this;
    }

    /// <summary>
    /// Keeps the rows of an aggregate that is gone from the source and marks them. Its rows in other tables are deleted as those say.
    /// </summary>
    /// <param name="property">The name of the property of <typeparamref name="TRow"/> that is the mark, not part of the key.</param>
    /// <param name="value">The mark as SQL would take it between quotes, such as <c>removed</c> or <c>true</c>.</param>
    /// <returns>The same table.</returns>
    /// <exception cref="ArgumentException">There is no such property, it is part of the key, or the rows are not owned by aggregates.</exception>
    public TargetTable<TRow> SoftDelete(string property, string value)
    {
        DeleteSoftly(property, value);
        return this;
    }
}
