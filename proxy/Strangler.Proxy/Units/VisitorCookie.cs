using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Strangler.Proxy.Units;

/// <summary>
/// Writes and verifies the value of the visitor cookie: <c>v1.KEY.ID[.LEASE].SIGNATURE</c>, that is version, id of the key, 128 random bits as
/// base64url, end of the lease as Unix time in seconds, and HMAC-SHA256 as base64url over everything before. What does not verify is no
/// cookie. A cookie that did verify is remembered, because HMAC costs more than all the rest of a decision.
/// </summary>
/// <param name="keys">The keys.</param>
internal sealed class VisitorCookie(VisitorKeyRing keys)
{
    private const string Version = "v1.";
    private const string Purpose = "Strangler-Visitor\n";
    private const int IdBytes = 16;
    private const int IdLength = 22;
    private const int SignatureLength = CookieSignature.Length;
    private const int MaxLength = 160;
    private const int MaxLeaseDigits = 12;
    private const int RememberedBits = 13;

    // One place per hash of an id. Only genuine cookies get in, so nobody can drive the others out with made-up ones.
    private readonly Visitor?[] _remembered = new Visitor?[1 << RememberedBits];

    /// <summary>An id that nobody has.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The value of a cookie.</summary>
    public string Write(string id, long? leaseEnds)
    {
        var lease = leaseEnds is null ? "" : string.Create(CultureInfo.InvariantCulture, $".{leaseEnds}");
        var payload = $"{Version}{keys.Signing.Id}.{id}{lease}";
        Span<char> signature = stackalloc char[SignatureLength];
        CookieSignature.Sign(keys.Signing, Purpose, payload, signature);
        return $"{payload}.{signature}";
    }

    /// <summary>The visitor of a genuine cookie; null for anything else. Allocates nothing for a cookie that it remembers.</summary>
    public Visitor? Verify(ReadOnlySpan<char> value)
    {
        if (value.Length is > MaxLength or <= SignatureLength || value[^(SignatureLength + 1)] != '.') return null;
        var payload = value[..^(SignatureLength + 1)];
        var signature = value[^SignatureLength..];
        if (!TryRead(payload, out var key, out var id, out var lease)) return null;
        ref var place = ref _remembered[PlaceOf(id)];
        if (Volatile.Read(ref place) is { } known && payload.SequenceEqual(known.Payload) && CookieSignature.Same(signature, known.Signature)) return known;
        if (keys.Find(key) is not { } signer) return null;
        Span<char> expected = stackalloc char[SignatureLength];
        CookieSignature.Sign(signer, Purpose, payload, expected);
        if (!CookieSignature.Same(signature, expected)) return null;
        var visitor = new Visitor(payload.ToString(), signature.ToString(), id.ToString(), lease, IsOld: signer != keys.Signing);
        Volatile.Write(ref place, visitor);
        return visitor;
    }

    private static bool TryRead(ReadOnlySpan<char> payload, out ReadOnlySpan<char> key, out ReadOnlySpan<char> id, out long? lease)
    {
        key = id = [];
        lease = null;
        if (!payload.StartsWith(Version)) return false;
        var rest = payload[Version.Length..];
        var dot = rest.IndexOf('.');
        if (dot < 0 || rest.Length - dot - 1 < IdLength) return false;
        key = rest[..dot];
        id = rest.Slice(dot + 1, IdLength);
        rest = rest[(dot + 1 + IdLength)..];
        if (rest.IsEmpty) return true;
        if (rest[0] != '.' || rest.Length > MaxLeaseDigits + 1) return false;
        if (!long.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var ends)) return false;
        lease = ends;
        return true;
    }

    // The ids are random, so any of their characters will do.
    private static int PlaceOf(ReadOnlySpan<char> id)
    {
        var bits = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(id));
        return (int)((bits * 0x9E3779B97F4A7C15UL) >> (64 - RememberedBits));
    }
}
