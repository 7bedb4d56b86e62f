using System.Text.RegularExpressions;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Init;

/// <summary>What a short look at the monolith's address showed. Only headers are read, and only to be told.</summary>
/// <param name="Status">Status of its first page; null when it did not answer.</param>
/// <param name="SessionCookie">Name of the session cookie that its first page sets; null when none looks like one.</param>
/// <param name="OpenApi">Path of an OpenAPI document; null when none was found.</param>
/// <param name="Failure">Why it did not answer; null when it did.</param>
internal sealed partial record MonolithLook(int? Status, string? SessionCookie, string? OpenApi, string? Failure)
{
    /// <summary>How long all of it may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private static readonly string[] OpenApiPaths = ["/openapi.json", "/swagger/v1/swagger.json"];

    /// <summary>The look in words.</summary>
    public string Sentence => Status is null
        ? $"does not answer ({Words.Safe(Failure ?? "")}); the rules are good all the same."
        : $"answers with {Status}"
            + (SessionCookie is null ? "; no session cookie was seen: name it under 'unit', if there is one" : $" and sets the session cookie {SessionCookie}")
            + (OpenApi is null ? "." : $"; its operations are described at {OpenApi}.");

    /// <summary>Looks: three GETs at most, no redirect followed, no body read.</summary>
    /// <param name="address">The monolith.</param>
    /// <param name="createHandler">Makes the transport.</param>
    /// <param name="time">Clock of the limit.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<MonolithLook> TakeAsync(
        Uri address, Func<HttpMessageHandler> createHandler, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var http = new HttpClient(createHandler()) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        var look = new MonolithLook(null, null, null, $"no answer within {Limit.TotalSeconds:0} s");
        try
        {
            using var page = await http.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, both.Token);
            look = new MonolithLook((int)page.StatusCode, SessionCookieOf(page), null, null);
            foreach (var path in OpenApiPaths)
            {
                using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
                {
                    return look with { OpenApi = path };
                }
            }

            return look;
        }
        catch (HttpRequestException error)
        {
            return look.Status is null ? look with { Failure = error.Message } : look;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return look;
        }
    }

    private static string? SessionCookieOf(HttpResponseMessage page) =>
        page.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Select(cookie => cookie.Split('=', 2)[0].Trim()).FirstOrDefault(name => SessionName().IsMatch(name))
            : null;

    // JSESSIONID, PHPSESSID, ASP.NET_SessionId, connect.sid, ... It goes into a file, so nothing but plain names.
    [GeneratedRegex(@"\A(?=[A-Za-z0-9_.-]{1,64}\z)(.*sess.*|.*[._-]sid|sid)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SessionName();
}
