using System.Buffers;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>The hashes of all values of a document, made in one pass when the first is asked for.</summary>
internal sealed class SubtreeHashes(JsonIndex index) : IDisposable
{
    private UInt128[]? _hashes;

    public UInt128 Of(int row) => (_hashes ??= Compute())[row];

    public void Dispose()
    {
        if (_hashes is not null) ArrayPool<UInt128>.Shared.Return(_hashes);
        _hashes = null;
    }

    // Children follow their parent, so that backwards they come before it.
    private UInt128[] Compute()
    {
        var hashes = ArrayPool<UInt128>.Shared.Rent(index.Count);
        for (var row = index.Count - 1; row >= 0; row--) hashes[row] = Compute(new IndexedValue(index, row), hashes);
        return hashes;
    }

    private static UInt128 Compute(IndexedValue value, UInt128[] hashes) => value.Kind switch
    {
        JsonValueKind.Object => OfObject(value, hashes),
        JsonValueKind.Array => OfArray(value, hashes),
        JsonValueKind.Number => ExactNumber.Hash(value.Raw),
        JsonValueKind.String => ValueHash.Of(JsonText.Unescape(JsonText.Inner(value.Raw)), (byte)'s'),
        _ => ValueHash.Of(value.Raw, (byte)'l'),
    };

    private static UInt128 OfArray(IndexedValue value, UInt128[] hashes)
    {
        var hash = ValueHash.Of([], (byte)'a');
        var child = value.FirstChild;
        for (var i = value.Count; i > 0; i--, child = child.Next) hash = ValueHash.Combine(hash, hashes[child.Row]);
        return hash;
    }

    // A sum does not depend on the order of the fields.
    private static UInt128 OfObject(IndexedValue value, UInt128[] hashes)
    {
        var sum = UInt128.Zero;
        var child = value.FirstChild;
        for (var i = value.Count; i > 0; i--, child = child.Next)
            sum += ValueHash.Combine(ValueHash.Of(JsonText.Unescape(child.RawName), (byte)'k'), hashes[child.Row]);
        return ValueHash.Combine(ValueHash.Of([], (byte)'o'), sum);
    }
}
