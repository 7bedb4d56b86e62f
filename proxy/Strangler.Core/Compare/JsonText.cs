using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Strangler.Core.Compare;

/// <summary>
/// Texts out of JSON, escapes resolved. They stay bytes, because answers may hold invalid UTF-8 and lone surrogates, which no string
/// can keep apart: bytes are taken as they are, and a lone surrogate becomes the three bytes that UTF-8 would give it.
/// </summary>
internal static class JsonText
{
    /// <summary>The text between the quotes of a string token.</summary>
    public static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> token) => token[1..^1];

    /// <summary>Resolves the escapes of a text that the JSON reader has accepted; without any, the text itself.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'\\');
        if (at < 0) return text;

        // No escape is shorter than what it stands for.
        var resolved = new byte[text.Length];
        var length = 0;
        while (at >= 0)
        {
            text[..at].CopyTo(resolved.AsSpan(length));
            length += at;
            text = text[at..];
            var taken = text[1] == (byte)'u' ? Unicode(text, resolved, ref length) : Simple(text[1], resolved, ref length);
            text = text[taken..];
            at = text.IndexOf((byte)'\\');
        }

        text.CopyTo(resolved.AsSpan(length));
        return resolved.AsSpan(0, length + text.Length);
    }

    /// <summary>The text as a string; one that is not valid UTF-8 is read byte by byte, so that it still equals only itself.</summary>
    public static string ToString(ReadOnlySpan<byte> text)
    {
        var resolved = Unescape(text);
        return Utf8.IsValid(resolved) ? Encoding.UTF8.GetString(resolved) : Encoding.Latin1.GetString(text);
    }

    /// <summary>True if a text is a number as JSON writes it.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] != (byte)'-' && !char.IsAsciiDigit((char)text[0])) || !char.IsAsciiDigit((char)text[^1])) return false;
        var reader = new Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int Simple(byte escape, byte[] resolved, ref int length)
    {
        resolved[length++] = escape switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => escape,
        };
        return 2;
    }

    private static int Unicode(ReadOnlySpan<byte> text, byte[] resolved, ref int length)
    {
        const int escapeLength = 6;
        var first = Hex(text[2..escapeLength]);
        var rest = text[escapeLength..];
        if (char.IsHighSurrogate(first) && rest.StartsWith("\\u"u8))
        {
            var second = Hex(rest[2..escapeLength]);
            if (char.IsLowSurrogate(second))
            {
                length += new Rune(first, second).EncodeToUtf8(resolved.AsSpan(length));
                return 2 * escapeLength;
            }
        }

        if (char.IsSurrogate(first))
        {
            resolved[length++] = (byte)(0xE0 | (first >> 12));
            resolved[length++] = (byte)(0x80 | ((first >> 6) & 0x3F));
            resolved[length++] = (byte)(0x80 | (first & 0x3F));
        }
        else
        {
            length += new Rune(first).EncodeToUtf8(resolved.AsSpan(length));
        }

        return escapeLength;
    }

    private static char Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = (value << 4) | HexDigit(digit);
        return (char)value;
    }

    private static int HexDigit(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
