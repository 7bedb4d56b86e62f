using System.Linq.Expressions;
using System.Reflection;

namespace Strangler.Sync.Mapping;

/// <summary>Makes functions that turn rows into an array of one property's values, without boxing them one by one.</summary>
internal static class ColumnArrays
{
    private static readonly MethodInfo Maker = typeof(ColumnArrays).GetMethod(nameof(Make), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>A function for a property.</summary>
    public static Func<IReadOnlyList<object>, Array> Of(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType!), property);
        // Npgsql takes instants in UTC only.
        if (property.PropertyType == typeof(DateTimeOffset))
        {
            value = Expression.Call(value, nameof(DateTimeOffset.ToUniversalTime), typeArguments: null);
        }
        else if (property.PropertyType == typeof(DateTimeOffset?))
        {
            value = Expression.Call(typeof(ColumnArrays), nameof(ToUtc), typeArguments: null, value);
        }

        var get = Expression.Lambda(value, row).Compile();
        return (Func<IReadOnlyList<object>, Array>)Maker.MakeGenericMethod(property.PropertyType).Invoke(null, [get])!;
    }

    private static Func<IReadOnlyList<object>, Array> Make<T>(Func<object, T> get) => rows =>
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]);
        }

        return values;
    };

    private static DateTimeOffset? ToUtc(DateTimeOffset? value) => value?.ToUniversalTime();
}
