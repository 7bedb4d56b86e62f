using System.Security.Cryptography;

namespace Strangler.Proxy.Units;

/// <summary>
/// The keys of the visitor cookies: the first signs, all verify. To rotate, add the new key as the last one on all edges, then put it first, and
/// keep the old one until those who come back have come back: each page renews their cookie. Nobody moves, because whom a cookie names is
/// not what it is signed with.
/// </summary>
internal sealed class VisitorKeyRing
{
    private const int MinBytes = 32;
    private const int MaxIdLength = 32;
    private const int MaxKeys = 16;

    private readonly VisitorKey[] _keys;

    private VisitorKeyRing(VisitorKey[] keys) => _keys = keys;

    /// <summary>The key that signs.</summary>
    public VisitorKey Signing => _keys[0];

    /// <summary>Reads keys, one per line as <c>id:base64</c>; empty lines and lines that start with <c>#</c> do not count.</summary>
    /// <param name="text">The lines.</param>
    /// <exception cref="FormatException">The text is no key ring; the message names the line and never shows what stands in it.</exception>
    public static VisitorKeyRing Parse(string text)
    {
        var keys = new List<VisitorKey>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] == '#') continue;
            var key = ParseLine(trimmed, number);
            if (keys.Exists(k => k.Id == key.Id)) throw Bad(number, $"the id '{key.Id}' stands there already");
            keys.Add(key);
        }

        if (keys.Count is 0 or > MaxKeys) throw new FormatException($"visitor keys: {keys.Count} keys, legal: 1 to {MaxKeys}, one per line as id:base64");
        return new VisitorKeyRing([.. keys]);
    }

    /// <summary>A ring of one new key.</summary>
    public static string NewText()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return $"{id}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinBytes))}\n";
    }

    /// <summary>The key of that id, or null.</summary>
    public VisitorKey? Find(ReadOnlySpan<char> id)
    {
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id)) return key;
        }

        return null;
    }

    private static VisitorKey ParseLine(ReadOnlySpan<char> line, int number)
    {
        var colon = line.IndexOf(':');
        if (colon < 0) throw Bad(number, "write id:base64");
        var id = line[..colon].Trim().ToString();
        if (id.Length is 0 or > MaxIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw Bad(number, $"the id before the colon has 1 to {MaxIdLength} letters, digits, '-' or '_'");
        }

        var encoded = line[(colon + 1)..].Trim();
        var secret = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, secret, out var length)) throw Bad(number, $"what follows '{id}:' is not base64");
        if (length < MinBytes) throw Bad(number, $"the key '{id}' has {length} bytes, at least {MinBytes} are needed: openssl rand -base64 {MinBytes}");
        return new VisitorKey(id, secret[..length]);
    }

    private static FormatException Bad(int line, string why) => new($"visitor keys: line {line}: {why}");
}
