using System.Globalization;

namespace Strangler.Sync.Mapping;

/// <summary>Keys of aggregates as text, the form in which the engine carries them, and back.</summary>
internal static class AggregateKey
{
    /// <summary>Types that a key may have.</summary>
    public static bool Supports(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(Guid) || type == typeof(string);

    /// <summary>The text of a key; equal keys have equal text.</summary>
    public static string Format(object key) => key is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : (string)key;

    /// <summary>The key of a text written by <see cref="Format"/>.</summary>
    public static object Parse(string text, Type type) => type == typeof(string)
        ? text
        : type == typeof(Guid)
            ? Guid.Parse(text)
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    /// <summary>Keys as an array of their type, the form in which a statement takes any number of them.</summary>
    public static System.Array Array(IReadOnlyCollection<string> keys, Type type)
    {
        var array = System.Array.CreateInstance(type, keys.Count);
        var index = 0;
        foreach (var key in keys)
        {
            array.SetValue(Parse(key, type), index++);
        }

        return array;
    }
}
