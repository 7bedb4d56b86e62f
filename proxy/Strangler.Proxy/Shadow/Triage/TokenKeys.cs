using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// The key of the tokens that stand for values which are not shown: the one that all edges were given, else one of this start's own. It
/// rotates with the retention: a token says which values are equal for as long as groups are kept, and nothing across that.
/// </summary>
internal sealed class TokenKeys
{
    /// <summary>Takes the key out of the options, so that it is nowhere else.</summary>
    /// <exception cref="FormatException">It is none; the message does not show it.</exception>
    public TokenKeys(StranglerOptions options, ShadowOptions bounds, TimeProvider time, ILogger<TokenKeys> log)
    {
        var given = options.TokenKey;
        options.TokenKey = null;
        if (string.IsNullOrWhiteSpace(given)) log.OwnTokenKey();
        var secret = string.IsNullOrWhiteSpace(given) ? RandomNumberGenerator.GetBytes(ValueTokens.MinKeyBytes) : Parse(given.Trim());
        Tokens = new ValueTokens(secret, () => time.GetUtcNow().Ticks / bounds.Retention.Ticks);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>Makes the tokens.</summary>
    public ValueTokens Tokens { get; }

    private static byte[] Parse(string text)
    {
        var secret = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, secret, out var length)) throw new FormatException("the token key is not base64; make one: openssl rand -base64 32");
        return length >= ValueTokens.MinKeyBytes
            ? secret[..length]
            : throw new FormatException($"the token key has {length} bytes, at least {ValueTokens.MinKeyBytes} are needed: openssl rand -base64 {ValueTokens.MinKeyBytes}");
    }
}
