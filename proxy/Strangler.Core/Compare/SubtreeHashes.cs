using System.Buffers;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>The hashes of the values of a document: each is made when it is first asked for, and kept.</summary>
internal sealed class SubtreeHashes(JsonIndex index) : IDisposable
{
    // Zero where none was made yet; a hash that is zero is made again.
    private UInt128[]? _hashes;

    public UInt128 Of(int row)
    {
        _hashes ??= Empty();
        ref var hash = ref _hashes[row];
        if (hash == UInt128.Zero) hash = Compute(new IndexedValue(index, row));
        return hash;
    }

    public void Dispose()
    {
        if (_hashes is not null) ArrayPool<UInt128>.Shared.Return(_hashes);
        _hashes = null;
    }

    private UInt128[] Empty()
    {
        var hashes = ArrayPool<UInt128>.Shared.Rent(index.Count);
        Array.Clear(hashes, 0, index.Count);
        return hashes;
    }

    private static UInt128 Compute(IndexedValue value) => value.Kind switch
    {
        JsonValueKind.Object => OfObject(value),
        JsonValueKind.Array => OfArray(value),
        JsonValueKind.Number => ExactNumber.Hash(value.Raw),
        JsonValueKind.String => ValueHash.Of(JsonText.Unescape(JsonText.Inner(value.Raw)), (byte)'s'),
        _ => ValueHash.Of(value.Raw, (byte)'l'),
    };

    private static UInt128 OfArray(IndexedValue value)
    {
        var hash = ValueHash.Of([], (byte)'a');
        var child = value.FirstChild;
        for (var i = value.Count; i > 0; i--, child = child.Next) hash = ValueHash.Combine(hash, child.Hash);
        return hash;
    }

    // A sum does not depend on the order of the fields.
    private static UInt128 OfObject(IndexedValue value)
    {
        var sum = UInt128.Zero;
        var child = value.FirstChild;
        for (var i = value.Count; i > 0; i--, child = child.Next)
            sum += ValueHash.Combine(ValueHash.Of(JsonText.Unescape(child.RawName), (byte)'k'), child.Hash);
        return ValueHash.Combine(ValueHash.Of([], (byte)'o'), sum);
    }
}
