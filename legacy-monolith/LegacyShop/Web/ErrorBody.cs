using System.Net;
using LegacyShop.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace LegacyShop.Web;

/// <summary>Bodies of answers that no page and no handler has written: JSON below /api, a small page elsewhere.</summary>
internal static class ErrorBody
{
    /// <summary>For a bare status code.</summary>
    public static Task WriteAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        return WriteAsync(context.HttpContext, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant());
    }

    /// <summary>For the status code that has been set, with a line that says what is wrong.</summary>
    public static Task WriteAsync(HttpContext context, string error)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return context.Response.WriteAsJsonAsync(new ApiError(error));
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>LegacyShop</title><link rel="stylesheet" href="/shop.css"></head>
            <body><main class="narrow"><h1>{context.Response.StatusCode}</h1>
            <p>Sorry: {WebUtility.HtmlEncode(error)}.</p><p><a href="/products">Back to the shop</a></p></main></body>
            </html>
            """);
    }
}
