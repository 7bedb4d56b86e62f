using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace Strangler.Sync.Mapping;

/// <summary>One property of a row record and the column it stands for.</summary>
internal sealed class Column
{
    private static readonly HashSet<Type> Supported =
    [
        typeof(bool), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(string), typeof(Guid),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(byte[]),
    ];

    private readonly PropertyInfo _property;
    private readonly Lazy<Func<object, object?>> _get;
    private readonly Lazy<Func<IReadOnlyList<object>, Array>> _array;

    private Column(PropertyInfo property)
    {
        _property = property;
        _get = new Lazy<Func<object, object?>>(Getter);
        _array = new Lazy<Func<IReadOnlyList<object>, Array>>(() => ColumnArrays.Of(property));
        Name = property.GetCustomAttribute<ColumnAttribute>()?.Name ?? SnakeCase(property.Name);
    }

    /// <summary>The column's name in the database.</summary>
    public string Name { get; }

    /// <summary>The property's name.</summary>
    public string PropertyName => _property.Name;

    /// <summary>The property's type, such as <c>int?</c>.</summary>
    public Type Type => _property.PropertyType;

    /// <summary>Whether the property may be null.</summary>
    public bool IsNullable => Nullable.GetUnderlyingType(Type) is not null
        || (!Type.IsValueType && new NullabilityInfoContext().Create(_property).ReadState == NullabilityState.Nullable);

    /// <summary>The columns of a record, in the order of its declaration.</summary>
    /// <exception cref="ArgumentException">A property has a type that no column can have.</exception>
    public static IReadOnlyList<Column> Of(Type row)
    {
        var columns = row.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, CanWrite: true } && property.GetIndexParameters().Length == 0)
            .Select(property => new Column(property))
            .ToList();
        var odd = columns.Find(column => !Supported.Contains(Nullable.GetUnderlyingType(column.Type) ?? column.Type));
        return odd is null
            ? columns
            : throw new ArgumentException($"{row.Name}.{odd.PropertyName} is a {odd.Type.Name}, which is not a type of a column.", nameof(row));
    }

    /// <summary>This column's value in a row.</summary>
    public object? Value(object row) => _get.Value(row);

    /// <summary>This column's values in rows, as an array of its type: the form in which a statement takes any number of rows.</summary>
    public Array Values(IReadOnlyList<object> rows) => _array.Value(rows);

    /// <summary>Puts a value into a row that is being made.</summary>
    public void Set(object row, object? value) => _property.SetValue(row, value);

    private Func<object, object?> Getter()
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(row, _property.DeclaringType!), _property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), row).Compile();
    }

    /// <summary>PriceCents becomes price_cents, ShipStreet1 becomes ship_street1.</summary>
    public static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        foreach (var character in name)
        {
            if (char.IsUpper(character) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(character));
        }

        return result.ToString();
    }
}
