using System.Globalization;

namespace Strangler.Sync.Reconciling;

/// <summary>Keys as values of one type, so that equal keys are equal whatever integer the other side has them in.</summary>
internal static class KeyValue
{
    /// <summary>The key as a value of that type; bytes as their hexadecimal text, as arrays of equal bytes are not equal.</summary>
    public static object Of(object key, Type type) =>
        key is byte[] bytes ? Convert.ToHexStringLower(bytes)
        : key.GetType() == type || type == typeof(byte[]) ? key
        : Convert.ChangeType(key, type, CultureInfo.InvariantCulture);

    /// <summary>Keys as an array of that type.</summary>
    public static Array Array(IReadOnlyCollection<object> keys, Type type)
    {
        var array = System.Array.CreateInstance(type, keys.Count);
        var i = 0;
        foreach (var key in keys)
        {
            array.SetValue(type == typeof(byte[]) ? Convert.FromHexString((string)Of(key, type)) : Of(key, type), i++);
        }

        return array;
    }
}
