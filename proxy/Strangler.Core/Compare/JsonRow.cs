using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>One value of a <see cref="JsonIndex"/>: where it stands in the bytes and where its subtree ends.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct JsonRow
{
    /// <summary>What the value is; never undefined.</summary>
    public JsonValueKind Kind;

    /// <summary>First byte of the value; of a string, of its opening quote.</summary>
    public int Start;

    /// <summary>The byte after the value.</summary>
    public int End;

    /// <summary>First byte of the field's name between its quotes; -1 when the value is no field.</summary>
    public int NameStart;

    /// <summary>The byte after the name.</summary>
    public int NameEnd;

    /// <summary>Fields of an object, items of an array.</summary>
    public int Count;

    /// <summary>The row after the subtree: the next sibling, if there is one.</summary>
    public int Next;

    /// <summary>The same value so many bytes, and so many rows, further on.</summary>
    public readonly JsonRow Moved(int bytes, int rows) => this with
    {
        Start = Start + bytes,
        End = End + bytes,
        NameStart = NameStart < 0 ? NameStart : NameStart + bytes,
        NameEnd = NameEnd < 0 ? NameEnd : NameEnd + bytes,
        Next = Next + rows,
    };
}
