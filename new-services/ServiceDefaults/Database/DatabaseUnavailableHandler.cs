using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace ServiceDefaults.Database;

/// <summary>Answers 503 with <c>Retry-After</c> while the database is away or its schema is not complete.</summary>
/// <param name="problems">Writes the body.</param>
/// <param name="schema">Whether the schema is complete.</param>
internal sealed class DatabaseUnavailableHandler(IProblemDetailsService problems, SchemaVersion schema) : IExceptionHandler
{
    /// <summary>The <c>type</c> of the problem.</summary>
    public const string ProblemType = "urn:service:database-unavailable";

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A table that is missing is our fault, except while it is still being made.
        var beingPrepared = exception is PostgresException && !schema.IsCurrent;
        if (!beingPrepared && !DatabaseFailures.IsUnavailable(exception))
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "1";
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails
            {
                Type = ProblemType,
                Title = "The database is not available",
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = "The service runs, but its database does not answer or is being prepared. Try again.",
            },
        });
    }
}
