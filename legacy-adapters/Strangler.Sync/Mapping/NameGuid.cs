using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strangler.Sync.Mapping;

/// <summary>Name-based GUIDs (RFC 9562, version 5): the same name always has the same GUID, so an old key needs no look-up table.</summary>
public static class NameGuid
{
    // Any constant will do, as long as it never changes.
    private static readonly Guid Keys = new("5d0c3f54-1d0a-5b7e-8a3e-6b1f0f6f2c41");

    /// <summary>The usual key of an aggregate whose key in the source is a number.</summary>
    /// <param name="entity">The kind of aggregate, such as <c>customer</c>; keeps equal numbers of different kinds apart.</param>
    /// <param name="key">The number.</param>
    public static Guid Of(string entity, long key) => Create(Keys, string.Create(CultureInfo.InvariantCulture, $"{entity}:{key}"));

    /// <summary>The version 5 GUID of a name.</summary>
    /// <param name="space">The namespace that keeps equal names of different users apart.</param>
    /// <param name="name">The name, hashed as UTF-8.</param>
    public static Guid Create(Guid space, string name)
    {
        byte[] text = [.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
        var hash = CryptographicOperations.HashData(HashAlgorithmName.SHA1, text).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
