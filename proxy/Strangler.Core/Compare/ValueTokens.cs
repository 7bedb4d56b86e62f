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
    private readonly byte[] _secret;
    private readonly Func<long> _period;
    private volatile Key _key;

    /// <summary>Takes a copy of the key, which stays the same.</summary>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinKeyBytes"/>.</exception>
    public ValueTokens(ReadOnlySpan<byte> key)
        : this(key, static () => 0)
    {
    }

    /// <summary>Takes a copy of a secret from which the key of each period is made.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="period">Number of the present period: with it the key changes.</param>
    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinKeyBytes"/>.</exception>
    public ValueTokens(ReadOnlySpan<byte> secret, Func<long> period)
    {
        if (secret.Length < MinKeyBytes) throw new ArgumentException($"A key needs at least {MinKeyBytes} bytes.", nameof(secret));
        _secret = secret.ToArray();
        _period = period;
        _key = Derive(period());
    }

    /// <summary>The token of a text.</summary>
    public string Token(string value) => Token(Encoding.UTF8.GetBytes(value));

    /// <summary>The token of bytes.</summary>
    public string Token(ReadOnlySpan<byte> value)
    {
        var period = _period();
        if (_key.Period != period) _key = Derive(period);
        return Token(_key.Bytes, value);
    }

    /// <summary>
    /// A token that outlasts the periods, for what is part of a fingerprint. It must stand for one of a few words and never for a value.
    /// </summary>
    public string Lasting(string word) => Token(_secret, Encoding.UTF8.GetBytes(word));

    private static string Token(byte[] key, ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value, hash);
        return Convert.ToHexStringLower(hash[..TokenBytes]);
    }

    private Key Derive(long period) => new(period, HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(FormattableString.Invariant($"strangler tokens {period}"))));

    private sealed record Key(long Period, byte[] Bytes);
}
