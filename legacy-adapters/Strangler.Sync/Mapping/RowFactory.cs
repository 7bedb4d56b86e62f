using System.Linq.Expressions;

namespace Strangler.Sync.Mapping;

/// <summary>Makes rows of a record type from values: by its constructor when that has all columns as parameters, else by its properties.</summary>
internal sealed class RowFactory
{
    private readonly Func<object?[], object> _make;

    /// <summary>A factory for a record and its columns.</summary>
    /// <exception cref="ArgumentException">The record has neither such a constructor nor one without parameters.</exception>
    public RowFactory(Type row, IReadOnlyList<Column> columns)
    {
        var values = Expression.Parameter(typeof(object?[]), "values");
        _make = Expression.Lambda<Func<object?[], object>>(Make(row, columns, values), values).Compile();
    }

    /// <summary>A row.</summary>
    /// <param name="values">In the order of the columns.</param>
    public object New(object?[] values) => _make(values);

    private static Expression Make(Type row, IReadOnlyList<Column> columns, ParameterExpression values)
    {
        var constructor = row.GetConstructors().FirstOrDefault(candidate => candidate.GetParameters().Length == columns.Count
            && candidate.GetParameters().All(parameter => IndexOf(parameter.Name!) >= 0));
        if (constructor is not null)
        {
            return Expression.New(constructor, constructor.GetParameters().Select(parameter => Value(IndexOf(parameter.Name!), parameter.ParameterType)));
        }

        if (row.GetConstructor(Type.EmptyTypes) is not { } empty)
        {
            throw new ArgumentException($"{row.Name} needs a constructor with one parameter for each column, or one without parameters.", nameof(row));
        }

        return Expression.MemberInit(
            Expression.New(empty),
            columns.Select((column, index) => Expression.Bind(row.GetProperty(column.PropertyName)!, Value(index, column.Type))));

        int IndexOf(string property) => columns.ToList().FindIndex(column => column.PropertyName == property);

        Expression Value(int index, Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? Expression.Unbox(Expression.ArrayIndex(values, Expression.Constant(index)), type)
            : Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(index)), type);
    }
}
