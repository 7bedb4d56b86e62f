using System.Text;

namespace Strangler.Core.Compare;

/// <summary>The hash of the fields by which a rule matches items, missing ones included; of the whole item when it is no object.</summary>
internal sealed class ItemKeys(IReadOnlyList<string> fields)
{
    private readonly byte[][] _names = [.. fields.Select(Encoding.UTF8.GetBytes)];

    public UInt128 Of(IndexedValue item)
    {
        if (item.Kind != System.Text.Json.JsonValueKind.Object) return item.Hash;
        var hash = ValueHash.Of([], (byte)'k');
        foreach (var name in _names)
        {
            var value = Find(item, name);
            hash = ValueHash.Combine(hash, value.Index is null ? UInt128.Zero : value.Hash);
        }

        return hash;
    }

    private static IndexedValue Find(IndexedValue item, ReadOnlySpan<byte> name)
    {
        var found = default(IndexedValue);
        var field = item.FirstChild;
        for (var i = item.Count; i > 0; i--, field = field.Next)
            if (JsonText.Unescape(field.RawName).SequenceEqual(name)) found = field;
        return found;
    }
}
