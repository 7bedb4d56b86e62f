using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.OwnWrites;

/// <summary>
/// Writes and verifies the cookie that remembers a client's own writes: <c>v1.KEY.MARKS.SIGNATURE</c>, signed with the keys of the visitor
/// cookie. What does not verify is no cookie. Not bound to a unit: a login or a first session changes the unit between a write and the
/// read that must see it, and whoever takes over another client's cookie only reads from legacy for a while.
/// </summary>
internal static class WriteCookie
{
    /// <summary>Its name over plain HTTP.</summary>
    public const string PlainName = "Strangler-Writes";

    /// <summary>Its name over TLS, where no other subdomain can plant one.</summary>
    public const string SecureName = "__Host-" + PlainName;

    /// <summary>
    /// How long it lives: the longest lag for which the promise holds. When it is gone nobody knows of the write any more, so it must outlive
    /// whatever keeps the adapters away; being remembered costs a client nothing once the watermark has passed.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    // Room for a dozen capabilities; what does not fit becomes one mark for all.
    private const int MaxMarksLength = 400;
    private const int MaxLength = 512;
    private const string Version = "v1.";
    private const string Purpose = "Strangler-Writes\n";

    /// <summary>Its name for a request.</summary>
    public static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    /// <summary>The value of a cookie.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="marks">One mark or more, each capability once.</param>
    public static string Write(VisitorKeyRing keys, IReadOnlyCollection<WriteMark> marks)
    {
        var text = string.Join(WriteMarks.Between, marks);
        if (text.Length > MaxMarksLength) text = new WriteMark(WriteMark.All, marks.Max(mark => mark.Time)).ToString();
        var payload = $"{Version}{keys.Signing.Id}.{text}";
        Span<char> signature = stackalloc char[CookieSignature.Length];
        CookieSignature.Sign(keys.Signing, Purpose, payload, signature);
        return $"{payload}.{signature}";
    }

    /// <summary>The marks of a genuine cookie; empty for anything else. Allocates nothing.</summary>
    public static ReadOnlySpan<char> Verify(VisitorKeyRing keys, ReadOnlySpan<char> value)
    {
        if (value.Length is > MaxLength or <= CookieSignature.Length || value[^(CookieSignature.Length + 1)] != '.') return [];
        var payload = value[..^(CookieSignature.Length + 1)];
        if (!payload.StartsWith(Version)) return [];
        var rest = payload[Version.Length..];
        var dot = rest.IndexOf('.');
        if (dot < 0 || keys.Find(rest[..dot]) is not { } key) return [];
        Span<char> expected = stackalloc char[CookieSignature.Length];
        CookieSignature.Sign(key, Purpose, payload, expected);
        return CookieSignature.Same(value[^CookieSignature.Length..], expected) ? rest[(dot + 1)..] : [];
    }
}
