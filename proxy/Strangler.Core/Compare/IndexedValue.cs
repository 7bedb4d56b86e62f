using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>A value of an indexed document; the default stands for nothing.</summary>
/// <param name="Index">The document; null for nothing.</param>
/// <param name="Row">The row of the value.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexedValue(JsonIndex? Index, int Row)
{
    /// <summary>What the value is; undefined for nothing.</summary>
    public JsonValueKind Kind => Index is null ? JsonValueKind.Undefined : Index.Row(Row).Kind;

    /// <summary>Fields of an object, items of an array.</summary>
    public int Count => Index!.Row(Row).Count;

    /// <summary>The bytes as they are written, quotes included.</summary>
    public ReadOnlySpan<byte> Raw => Index!.Bytes[Index.Row(Row).Start..Index.Row(Row).End];

    /// <summary>The name of the field as it is written between its quotes.</summary>
    public ReadOnlySpan<byte> RawName => Index!.Bytes[Index.Row(Row).NameStart..Index.Row(Row).NameEnd];

    /// <summary>Equal values have equal hashes.</summary>
    public UInt128 Hash => Index!.Hash(Row);

    /// <summary>The first child; only where there is one.</summary>
    public IndexedValue FirstChild => this with { Row = Row + 1 };

    /// <summary>The next sibling; only where there is one.</summary>
    public IndexedValue Next => this with { Row = Index!.Row(Row).Next };

    /// <summary>All children.</summary>
    public IndexedValue[] Children()
    {
        var children = new IndexedValue[Count];
        var child = FirstChild;
        for (var i = 0; i < children.Length; i++, child = child.Next) children[i] = child;
        return children;
    }
}
