using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Linq.Expressions;

namespace Strangler.Sync.Mapping;

/// <summary>Writes the values of a row record, column by column. The code is compiled once for each type of record.</summary>
internal static class CanonicalRow
{
    private static readonly ConcurrentDictionary<Type, Action<CanonicalBuffer, object>> Compiled = new();

    /// <summary>Writes a row of a table.</summary>
    public static Action<CanonicalBuffer, object> Of(TargetTable table) =>
        Compiled.GetOrAdd(table.RowType, static (type, columns) => Compile(type, columns, FrozenSet<string>.Empty), table.Columns);

    /// <summary>Writes a row of a table some of whose columns are <c>char(n)</c>, where spaces at the end mean nothing.</summary>
    public static Action<CanonicalBuffer, object> Of(TargetTable table, IReadOnlySet<string> blankPadded) =>
        blankPadded.Count == 0 ? Of(table) : Compile(table.RowType, table.Columns, blankPadded);

    private static Action<CanonicalBuffer, object> Compile(Type type, IReadOnlyList<Column> columns, IReadOnlySet<string> blankPadded)
    {
        var buffer = Expression.Parameter(typeof(CanonicalBuffer), "buffer");
        var row = Expression.Parameter(typeof(object), "row");
        var typed = Expression.Variable(type, "typed");
        List<Expression> body = [Expression.Assign(typed, Expression.Convert(row, type))];
        body.AddRange(columns.Select(column => blankPadded.Contains(column.Name)
            ? Expression.Call(buffer, nameof(CanonicalBuffer.WriteBlankPadded), typeArguments: null, Expression.Property(typed, column.PropertyName))
            : Write(buffer, Expression.Property(typed, column.PropertyName))));
        return Expression.Lambda<Action<CanonicalBuffer, object>>(Expression.Block([typed], body), buffer, row).Compile();
    }

    private static Expression Write(ParameterExpression buffer, MemberExpression value)
    {
        if (Nullable.GetUnderlyingType(value.Type) is not { } inner)
        {
            return Call(buffer, value);
        }

        return Expression.IfThenElse(
            Expression.Property(value, nameof(Nullable<>.HasValue)),
            Call(buffer, Expression.Convert(value, inner)),
            Expression.Call(buffer, nameof(CanonicalBuffer.WriteNull), typeArguments: null));
    }

    private static MethodCallExpression Call(ParameterExpression buffer, Expression value) =>
        Expression.Call(buffer, typeof(CanonicalBuffer).GetMethod(nameof(CanonicalBuffer.Write), [value.Type])!, value);
}
