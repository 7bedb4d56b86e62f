using System.Security.Cryptography;

namespace LegacyShop.Web;

/// <summary>Gives every visitor of a page or of the API a session.</summary>
internal sealed class SessionMiddleware(RequestDelegate next)
{
    private const string CookieName = "LegacySession";

    private const int MaxLength = 40;

    private const int RandomBytes = 16;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/img", StringComparison.Ordinal))
        {
            return next(context);
        }

        var sid = context.Request.Cookies[CookieName];
        if (!IsValid(sid))
        {
            sid = RandomNumberGenerator.GetHexString(RandomBytes * 2, lowercase: true);
            context.Response.Cookies.Append(
                CookieName, sid, new CookieOptions { HttpOnly = true, Path = "/", SameSite = SameSiteMode.Lax });
        }

        context.Features.Set(new SessionFeature(sid!));
        return next(context);
    }

    private static bool IsValid(string? sid) =>
        sid is { Length: > 0 and <= MaxLength } && sid.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
