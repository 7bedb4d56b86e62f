using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>
/// Makes records of the rows that a query returns, whose first columns are those of the record in their order. The code is compiled
/// once for each type of record.
/// </summary>
internal sealed class RowReader
{
    private static readonly ConcurrentDictionary<Type, Func<NpgsqlDataReader, object>> Compiled = new();
    private static readonly MethodInfo IsNull = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull), [typeof(int)])!;
    private static readonly MethodInfo Value = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.GetFieldValue), [typeof(int)])!;

    private readonly TableName _table;
    private readonly Type _row;
    private readonly IReadOnlyList<Column> _columns;
    private readonly Func<NpgsqlDataReader, object> _read;

    /// <summary>Reads the rows of a source table.</summary>
    public RowReader(SourceTable table)
        : this(table.Name, table.RowType, table.Columns)
    {
    }

    /// <summary>Reads the rows of a target table.</summary>
    public RowReader(TargetTable table)
        : this(table.Name, table.RowType, table.Columns)
    {
    }

    private RowReader(TableName table, Type row, IReadOnlyList<Column> columns)
    {
        _table = table;
        _row = row;
        _columns = columns;
        _read = Compiled.GetOrAdd(row, static (type, all) => Compile(type, all), columns);
        Select = string.Join(", ", columns.Select(column => TableName.Quote(column.Name)));
    }

    /// <summary>The columns as they are written after <c>select</c>.</summary>
    public string Select { get; }

    /// <summary>The present row of the result.</summary>
    /// <exception cref="RowTypeException">A column's type does not fit its property.</exception>
    /// <exception cref="MappingValueException">A value is null, or too large for its property.</exception>
    public object Read(NpgsqlDataReader reader)
    {
        try
        {
            return _read(reader);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException)
        {
            throw Explain(reader, e);
        }
    }

    private Exception Explain(NpgsqlDataReader reader, Exception cause)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            var column = _columns[i];
            var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
            var name = $"{_table}.{column.Name}";
            if (reader.IsDBNull(i))
            {
                if (type.IsValueType && type == column.Type)
                {
                    return new MappingValueException($"{name} is null, but {_row.Name}.{column.PropertyName} is {type.Name}: declare it {type.Name}?", cause);
                }

                continue;
            }

            try
            {
                Value.MakeGenericMethod(type).Invoke(reader, [i]);
            }
            catch (TargetInvocationException e) when (e.InnerException is OverflowException || reader.GetFieldType(i) == type)
            {
                return new MappingValueException($"{name} holds a {reader.GetDataTypeName(i)} that {type.Name} cannot hold", cause);
            }
            catch (TargetInvocationException)
            {
                return new RowTypeException(
                    $"{name} is {reader.GetDataTypeName(i)} in the database, but {_row.Name}.{column.PropertyName} is {type.Name}: change the mapping.", cause);
            }
        }

        return cause;
    }

    private static Func<NpgsqlDataReader, object> Compile(Type row, IReadOnlyList<Column> columns)
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader), "reader");
        var values = columns.Select((column, index) => Read(reader, column.Type, index)).ToList();
        // A record takes its columns in its constructor; a class has them as properties.
        var constructor = row.GetConstructors().FirstOrDefault(each => Matches(each, columns)) ?? row.GetConstructor(Type.EmptyTypes)
            ?? throw new ArgumentException($"{row.Name} has neither a constructor with its columns nor one without parameters.", nameof(row));
        Expression made = constructor.GetParameters() is { Length: > 0 } parameters
            ? Expression.New(constructor, parameters.Select(parameter => values[IndexOf(columns, parameter)]))
            : Expression.MemberInit(
                Expression.New(constructor),
                columns.Select((column, index) => Expression.Bind(row.GetProperty(column.PropertyName)!, values[index])));
        return Expression.Lambda<Func<NpgsqlDataReader, object>>(Expression.Convert(made, typeof(object)), reader).Compile();
    }

    private static Expression Read(ParameterExpression reader, Type type, int index)
    {
        var inner = Nullable.GetUnderlyingType(type);
        var position = Expression.Constant(index);
        Expression value = Expression.Call(reader, Value.MakeGenericMethod(inner ?? type), position);
        if (inner is not null)
        {
            value = Expression.Convert(value, type);
        }
        else if (type.IsValueType)
        {
            return value;
        }

        return Expression.Condition(Expression.Call(reader, IsNull, position), Expression.Default(type), value);
    }

    private static bool Matches(ConstructorInfo constructor, IReadOnlyList<Column> columns) =>
        constructor.GetParameters() is { } parameters
        && parameters.Length == columns.Count
        && parameters.All(parameter => IndexOf(columns, parameter) >= 0);

    private static int IndexOf(IReadOnlyList<Column> columns, ParameterInfo parameter)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].PropertyName == parameter.Name && columns[i].Type == parameter.ParameterType)
            {
                return i;
            }
        }

        return -1;
    }
}
