using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// The request headers that a copy carries. Whatever is not here is left out, Authorization above all, and every cookie that the rules do not
/// name: an answer that depends on them shows at the second look, where legacy, asked without them too, no longer gives its stored answer.
/// </summary>
/// <param name="Host">The client's Host: absolute redirects and links depend on it.</param>
/// <param name="Scheme">The client's scheme, for X-Forwarded-Proto.</param>
/// <param name="UserAgent">User-Agent.</param>
/// <param name="Accept">Accept.</param>
/// <param name="AcceptLanguage">Accept-Language.</param>
/// <param name="AcceptEncoding">Accept-Encoding.</param>
/// <param name="Cookie">The one cookie that the rules name, if the client has sent it. It is kept in memory until the exchange is settled, nowhere else.</param>
internal sealed record CopiedHeaders(
    string? Host, string Scheme, string? UserAgent, string? Accept, string? AcceptLanguage, string? AcceptEncoding, string? Cookie)
{
    /// <summary>Content-Type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content-Encoding of the body.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Idempotency-Key. The new side gets it under another name of its own: a key that a copy has used must still be free for the write itself.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Those of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cookie">The name of the cookie that a copy carries; null for none.</param>
    public static CopiedHeaders Of(HttpRequest request, string? cookie) => new(
        request.Host.Value,
        request.Scheme,
        TextOf(request.Headers.UserAgent),
        TextOf(request.Headers.Accept),
        TextOf(request.Headers.AcceptLanguage),
        TextOf(request.Headers.AcceptEncoding),
        cookie is null || CookieValues.First(request.Headers.Cookie, cookie) is not { IsEmpty: false } value ? null : $"{cookie}={value}")
    {
        ContentType = request.ContentType,
        ContentEncoding = TextOf(request.Headers.ContentEncoding),
        IdempotencyKey = TextOf(request.Headers["Idempotency-Key"]),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme} {Host}";

    private static string? TextOf(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
