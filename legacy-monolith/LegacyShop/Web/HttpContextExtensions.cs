using Microsoft.AspNetCore.Http.Features;

namespace LegacyShop.Web;

/// <summary>What pages and handlers ask of a request.</summary>
internal static class HttpContextExtensions
{
    /// <summary>The id of the visitor's session.</summary>
    public static string GetSid(this HttpContext context) => context.Features.GetRequiredFeature<SessionFeature>().Sid;

    /// <summary>An absolute address in the shop, as the visitor's Host header names it; partners insisted on absolute redirects.</summary>
    public static string AbsoluteUrl(this HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}{path}";
}
