using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// The request headers that a copy carries. Whatever is not here is left out, Authorization and Cookie above all: an answer that
/// depends on them shows at the second look, where legacy, asked without them too, no longer gives its stored answer.
/// </summary>
/// <param name="Host">The client's Host: absolute redirects and links depend on it.</param>
/// <param name="Scheme">The client's scheme, for X-Forwarded-Proto.</param>
/// <param name="UserAgent">User-Agent.</param>
/// <param name="Accept">Accept.</param>
/// <param name="AcceptLanguage">Accept-Language.</param>
/// <param name="AcceptEncoding">Accept-Encoding.</param>
internal sealed record CopiedHeaders(
    string? Host, string Scheme, string? UserAgent, string? Accept, string? AcceptLanguage, string? AcceptEncoding)
{
    public static CopiedHeaders Of(HttpRequest request) => new(
        request.Host.Value,
        request.Scheme,
        TextOf(request.Headers.UserAgent),
        TextOf(request.Headers.Accept),
        TextOf(request.Headers.AcceptLanguage),
        TextOf(request.Headers.AcceptEncoding));

    private static string? TextOf(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
