using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Answers of the admin API that are not what was asked for, as problem details (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    public static IResult Invalid(string detail) => Of(StatusCodes.Status400BadRequest, ProblemTypes.Invalid, "Invalid request", detail);

    public static IResult Unauthorized() => Of(
        StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "Not authorized",
        "the admin API asks for 'Authorization: Bearer TOKEN', and this token is missing, wrong or expired");

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, ProblemTypes.Forbidden, "Not allowed", detail);

    /// <summary>The refusal of a caller whose role does not have a right; null when it has.</summary>
    public static IResult? Unless(Caller caller, Right right) => caller.Role.Has(right) ? null : Forbidden(
        $"this needs the role {string.Join(" or ", Rights.RolesWith(right).Select(KebabNames<Role>.Of))}; the token '{caller.Name}' has the role {KebabNames<Role>.Of(caller.Role)}");

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, ProblemTypes.NotFound, "Not found", detail);

    public static IResult MethodNotAllowed(HttpContext context) => Of(
        StatusCodes.Status405MethodNotAllowed, ProblemTypes.MethodNotAllowed, "Method not allowed", $"{context.Request.Path} cannot be asked with {context.Request.Method}");

    public static IResult Conflict(string detail, string type = ProblemTypes.Conflict) => Of(StatusCodes.Status409Conflict, type, "Conflict", detail);

    public static IResult KeyReused(string detail) => Of(StatusCodes.Status422UnprocessableEntity, ProblemTypes.KeyReused, "Idempotency-Key used before", detail);

    public static IResult PreconditionRequired() => Of(
        StatusCodes.Status428PreconditionRequired, ProblemTypes.PreconditionRequired, "If-Match required",
        "say which plan you looked at: If-Match: \"<plan>\", the ETag of GET /admin/v1/capabilities");

    public static IResult Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, ProblemTypes.Unavailable, "Not available", detail);

    /// <summary>Why a change was not made.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="current">Reads the present state, for whoever was too late.</param>
    public static IResult From(ChangeResult result, Func<CapabilitiesAnswer> current) => result.Outcome switch
    {
        ChangeOutcome.UnknownCapability => NotFound(result.Message!),
        ChangeOutcome.Stale => Stale(result.Message!, current()),
        ChangeOutcome.Refused => Of(
            StatusCodes.Status422UnprocessableEntity, ProblemTypes.Refused, "Refused", result.Message!, [.. result.Missing.Select(m => new AdminError(m, "missing"))]),
        ChangeOutcome.RulesInvalid => Of(
            StatusCodes.Status422UnprocessableEntity, ProblemTypes.RulesInvalid, "Rules invalid", result.Message!, [.. result.Diagnostics.Select(ToError)]),
        _ => Of(StatusCodes.Status503ServiceUnavailable, ProblemTypes.NotSaved, "Not saved", result.Message!),
    };

    private static TaggedResult Stale(string detail, CapabilitiesAnswer current) => new(current.Plan, Json(
        new AdminProblem(ProblemTypes.Stale, "The plan has changed", StatusCodes.Status412PreconditionFailed, detail, null, current)));

    private static AdminError ToError(RuleDiagnostic d) => new(d.Message, d.Code, d.File, d.Line, d.Column, d.Hint);

    private static JsonHttpResult<AdminProblem> Of(int status, string type, string title, string detail, IReadOnlyList<AdminError>? errors = null) =>
        Json(new AdminProblem(type, title, status, detail, errors is { Count: 0 } ? null : errors));

    private static JsonHttpResult<AdminProblem> Json(AdminProblem problem) =>
        TypedResults.Json(problem, AdminJson.Default.AdminProblem, MediaType, problem.Status);
}
