using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strangler.Core.Admin;
using Strangler.Core.Rules;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Answers of the admin API that are not what was asked for, as problem details (RFC 9457).</summary>
internal static class Problem
{
    public static IResult Invalid(string detail) => Of(StatusCodes.Status400BadRequest, ProblemTypes.Invalid, "Invalid request", detail);

    public static IResult Unauthorized() => Of(
        StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "Not authorized",
        "the admin API asks for 'Authorization: Bearer TOKEN', and this token is missing or wrong");

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, ProblemTypes.NotFound, "Not found", detail);

    public static IResult PreconditionRequired() => Of(
        StatusCodes.Status428PreconditionRequired, ProblemTypes.PreconditionRequired, "If-Match required",
        "say which plan you looked at: If-Match: \"<plan>\", the ETag of GET /admin/v1/capabilities");

    public static IResult From(ChangeResult result) => result.Outcome switch
    {
        ChangeOutcome.UnknownCapability => NotFound(result.Message!),
        ChangeOutcome.Stale => Of(StatusCodes.Status412PreconditionFailed, ProblemTypes.Stale, "The plan has changed", result.Message!),
        ChangeOutcome.Refused => Of(StatusCodes.Status422UnprocessableEntity, ProblemTypes.Refused, "Refused", result.Message!),
        ChangeOutcome.RulesInvalid => Of(
            StatusCodes.Status422UnprocessableEntity, ProblemTypes.RulesInvalid, "Rules invalid", result.Message!, [.. result.Diagnostics.Select(ToError)]),
        _ => Of(StatusCodes.Status500InternalServerError, "urn:strangler:not-saved", "Not saved", result.Message!),
    };

    private static AdminError ToError(RuleDiagnostic d) => new(d.Message, d.Code, d.File, d.Line, d.Column, d.Hint);

    private static JsonHttpResult<AdminProblem> Of(int status, string type, string title, string detail, IReadOnlyList<AdminError>? errors = null) => TypedResults.Json(
        new AdminProblem(type, title, status, detail, errors), AdminJson.Default.AdminProblem, "application/problem+json", status);
}
