using Strangler.Sync.Mapping;

namespace Strangler.Sync.Applying;

/// <summary>Turns rows into one array for each column, the form in which a statement takes any number of rows.</summary>
internal static class ColumnArray
{
    /// <summary>The values of a column.</summary>
    public static Array Of(Column column, IReadOnlyList<object> rows)
    {
        var array = Array.CreateInstance(column.Type, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            array.SetValue(Normalize(column.Value(rows[i])), i);
        }

        return array;
    }

    /// <summary>Values of one type that is known only at run time.</summary>
    public static Array Of(IReadOnlyList<object> values)
    {
        var array = Array.CreateInstance(values[0].GetType(), values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            array.SetValue(values[i], i);
        }

        return array;
    }

    // Npgsql takes instants in UTC only.
    private static object? Normalize(object? value) => value is DateTimeOffset instant ? instant.ToUniversalTime() : value;
}
