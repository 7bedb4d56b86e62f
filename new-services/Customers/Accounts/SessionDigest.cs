using System.Security.Cryptography;
using System.Text;

namespace Customers.Accounts;

/// <summary>The form in which sessions are stored: whoever reads the table cannot take one over.</summary>
internal static class SessionDigest
{
    /// <summary>The SHA-256 of a cookie's value, 32 bytes.</summary>
    public static byte[] Of(string cookie) => SHA256.HashData(Encoding.UTF8.GetBytes(cookie));
}
