using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Proxy.Admin.Access;

namespace Strangler.Proxy.Admin.Idempotency;

/// <summary>
/// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): a change that is asked for again with the same key is not made again, and
/// gets the first answer.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyKeys keys)
{
    private const string Header = "Idempotency-Key";
    private const int MaxKey = 255;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<MayRepeat>() is null || !context.Request.Headers.TryGetValue(Header, out var values)
            || DryRun.IsAsked(context.Request))
        {
            await next(context);
            return;
        }

        var actor = Caller.Of(context).Name;
        if (values is not [{ } value] || KeyOf(value) is not { } key)
        {
            await Problem.Invalid($"{Header} is one string of 1 to {MaxKey} printable characters").ExecuteAsync(context);
            return;
        }

        var (state, answer) = keys.Begin(actor, key, await HashAsync(context.Request));
        await (state switch
        {
            KeyState.First => RunAsync(context, actor, key),
            KeyState.Running => Problem.Conflict($"the request with this {Header} is still being worked on; ask again", ProblemTypes.StillRunning).ExecuteAsync(context),
            KeyState.Reused => Problem.KeyReused($"this {Header} was used for another request; a new change needs a new key").ExecuteAsync(context),
            _ => WriteAsync(context.Response, answer!),
        });
    }

    private async Task RunAsync(HttpContext context, string actor, string key)
    {
        var body = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        StoredAnswer? answer = null;
        try
        {
            await next(context);
            var response = context.Response;
            answer = new StoredAnswer(response.StatusCode, response.ContentType, response.Headers.ETag, buffer.ToArray());
        }
        finally
        {
            context.Response.Body = body;

            // What failed on our side was not done, and may be tried again with the same key.
            keys.End(actor, key, answer is { Status: < StatusCodes.Status500InternalServerError } ? answer : null);
        }

        await body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpResponse response, StoredAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.ETag is not null) response.Headers.ETag = answer.ETag;
        await response.Body.WriteAsync(answer.Body);
    }

    // A structured field has quotes; without them the same is meant.
    private static string? KeyOf(string header)
    {
        var key = header is ['"', .., '"'] ? header[1..^1] : header;
        return key.Length is > 0 and <= MaxKey && key.All(c => c is >= ' ' and <= '~') ? key : null;
    }

    private static async Task<string> HashAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n{request.QueryString}\n{request.Headers.IfMatch}\n"));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
