using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Strangler.Core.Admin;

namespace Strangler.Cli.Api;

/// <summary>Turns what the edge refused into an exit code and a sentence.</summary>
internal static class Refusals
{
    /// <summary>Reads a refusal.</summary>
    /// <param name="response">An answer that is no success.</param>
    /// <param name="connection">Where it came from.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<CliException> ReadAsync(
        HttpResponseMessage response,
        Connection connection,
        CancellationToken cancellation)
    {
        var problem = await ReadProblemAsync(response, cancellation);
        var code = (response.StatusCode, problem?.Type) switch
        {
            (HttpStatusCode.PreconditionFailed, _) => ExitCode.StaleRevision,
            (HttpStatusCode.UnprocessableEntity, ProblemTypes.Refused) => ExitCode.GateRefused,
            (HttpStatusCode.UnprocessableEntity, ProblemTypes.RulesInvalid) => ExitCode.RulesInvalid,
            _ => ExitCode.Failed,
        };
        return new CliException(code, Sentence(response.StatusCode, problem, connection), problem);
    }

    private static string Sentence(HttpStatusCode status, AdminProblem? problem, Connection connection) => status switch
    {
        HttpStatusCode.Unauthorized =>
            $"The edge at {connection.Address} does not know this token. Is {Connection.TokenVariable} or "
            + $"{Connection.TokenFileVariable} the one that the edge was started with, or one that 'strangler token list' names?",
        HttpStatusCode.PreconditionFailed =>
            $"{problem?.Detail?.TrimEnd('.') ?? "the plan was changed in between"}. Nothing was changed.",
        _ => problem?.Detail ?? problem?.Title
            ?? $"{connection.Address} answered {(int)status} without saying why. Is this the management port of an edge?",
    };

    private static async Task<AdminProblem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(AdminJson.Default.AdminProblem, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
