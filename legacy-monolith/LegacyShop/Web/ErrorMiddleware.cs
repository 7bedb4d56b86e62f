using System.Text;
using LegacyShop.Data;
using Npgsql;

namespace LegacyShop.Web;

/// <summary>Answers when something below has thrown.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, error) = Describe(e);
            if (status == StatusCodes.Status500InternalServerError)
            {
                LogFailure(logger, context.Request.Path, e);
            }

            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "5";
            }

            context.Response.StatusCode = status;
            await ErrorBody.WriteAsync(context, error);
        }
    }

    private static (int Status, string Error) Describe(Exception exception) => exception switch
    {
        BadHttpRequestException e => (e.StatusCode, "request is not valid"),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } or EncoderFallbackException =>
            (StatusCodes.Status400BadRequest, "request contains characters that are not allowed"),
        _ when DatabaseFault.IsAway(exception) =>
            (StatusCodes.Status503ServiceUnavailable, "the shop is closed for a moment: its database does not answer"),
        _ => (StatusCodes.Status500InternalServerError, "something went wrong in the shop"),
    };

    [LoggerMessage(1, LogLevel.Error, "The request for {Path} failed.")]
    private static partial void LogFailure(ILogger logger, PathString path, Exception exception);
}
