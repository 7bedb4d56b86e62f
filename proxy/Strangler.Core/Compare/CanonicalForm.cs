using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>
/// A spelling that two JSON values share exactly when they are equal: fields sorted, numbers by value, every part led by its type
/// and length so that nothing can be confused with anything else.
/// </summary>
internal sealed class CanonicalForm
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>128 bits of SHA-256 over the canonical form.</summary>
    public UInt128 Hash(JsonElement value)
    {
        _buffer.ResetWrittenCount();
        Write(value);
        return Finish();
    }

    /// <summary>The hash of the named fields of an item, missing ones included; of the whole item when it is no object.</summary>
    public UInt128 HashOfFields(JsonElement item, IReadOnlyList<string> fields)
    {
        if (item.ValueKind != JsonValueKind.Object) return Hash(item);
        _buffer.ResetWrittenCount();
        foreach (var field in fields)
        {
            if (item.TryGetProperty(field, out var value)) Write(value);
            else WritePart('-', []);
        }

        return Finish();
    }

    private UInt128 Finish()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private void Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value);
                break;
            case JsonValueKind.Array:
                WriteHeader('a', value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Write(item);
                break;
            case JsonValueKind.Number:
                WritePart('n', Encoding.ASCII.GetBytes(ExactNumber.Canonical(JsonMarshal.GetRawUtf8Value(value))));
                break;
            case JsonValueKind.String:
                WritePart('s', Encoding.UTF8.GetBytes(JsonText.Value(value)));
                break;
            default:
                WritePart('l', JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private void WriteObject(JsonElement value)
    {
        var fields = value.EnumerateObject().Select(field => (Name: JsonText.Name(field), field.Value)).ToList();
        WriteHeader('o', fields.Count);
        foreach (var (name, field) in fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            WritePart('k', Encoding.UTF8.GetBytes(name));
            Write(field);
        }
    }

    private void WriteHeader(char type, int length)
    {
        var span = _buffer.GetSpan(1 + sizeof(int));
        span[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], length);
        _buffer.Advance(1 + sizeof(int));
    }

    private void WritePart(char type, ReadOnlySpan<byte> bytes)
    {
        WriteHeader(type, bytes.Length);
        _buffer.Write(bytes);
    }
}
