using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Strangler.Proxy.Admin.Access;

/// <summary>The secret of a token: made once, shown once, and only its hash is kept.</summary>
internal static class TokenSecret
{
    /// <summary>What every secret begins with, so that a scanner finds one that was published by mistake.</summary>
    public const string Prefix = "stg_";

    private const int Bytes = 32;

    /// <summary>A new secret of 256 random bits.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of a secret. A random secret needs no slow hash.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
