using System.Security.Cryptography;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>
/// Turns values that must not be stored into tokens: HMAC-SHA-256 under a secret key, the first 64 bits in hex. Equal values have
/// equal tokens as long as the key is the same; without the key a token says nothing.
/// </summary>
public sealed class ValueTokens
{
    /// <summary>The fewest bytes that a key may have.</summary>
    public const int MinKeyBytes = 32;

    private const int TokenBytes = 8;
    private readonly byte[] _key;

    /// <summary>Takes a copy of the key.</summary>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinKeyBytes"/>.</exception>
    public ValueTokens(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeyBytes) throw new ArgumentException($"A key needs at least {MinKeyBytes} bytes.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>The token of a text.</summary>
    public string Token(string value) => Token(Encoding.UTF8.GetBytes(value));

    /// <summary>The token of bytes.</summary>
    public string Token(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, value, hash);
        return Convert.ToHexStringLower(hash[..TokenBytes]);
    }
}
