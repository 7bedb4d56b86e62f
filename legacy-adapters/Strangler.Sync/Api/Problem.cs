using Microsoft.AspNetCore.Http;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;

namespace Strangler.Sync.Api;

/// <summary>Refusals (RFC 9457), in the shape of the admin API.</summary>
internal static class Problem
{
    /// <summary>400: the request cannot be understood.</summary>
    public static IResult Invalid(string detail) => Of(StatusCodes.Status400BadRequest, ProblemTypes.Invalid, "Invalid request", detail);

    /// <summary>401: the token is missing or another one.</summary>
    public static IResult Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "Unauthorized", detail);

    /// <summary>403: nobody may.</summary>
    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, ProblemTypes.Forbidden, "Forbidden", detail);

    /// <summary>404: there is none.</summary>
    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, ProblemTypes.NotFound, "Not found", detail);

    /// <summary>409: not now.</summary>
    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, ProblemTypes.Conflict, "Conflict", detail);

    /// <summary>503: a store is away.</summary>
    public static IResult Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, ProblemTypes.Unavailable, "Unavailable", detail);

    private static IResult Of(int status, string type, string title, string detail) => Results.Json(
        new AdminProblem(type, title, status, detail), AdaptersJson.Default.AdminProblem, "application/problem+json", status);
}
