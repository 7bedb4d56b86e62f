using System.Security.Cryptography;
using System.Text;

namespace LegacyShop.Services;

/// <summary>Salted SHA-256, as it was done when the shop was written.</summary>
internal static class PasswordHash
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Compute(string salt, string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + password)));

    /// <summary>Compares in a time that does not depend on where the hashes differ.</summary>
    public static bool Verify(string salt, string hash, string password) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Compute(salt, password)));
}
