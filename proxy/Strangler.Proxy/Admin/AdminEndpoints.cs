using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Features;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow;

namespace Strangler.Proxy.Admin;

/// <summary>The admin API, <c>/admin/v1</c>: what the command line and the console use, and nothing else.</summary>
internal sealed class AdminEndpoints(ControlPlane control, StatusReader status, DifferenceGroups groups)
{
    private const string Actor = "operator";
    private const int MaxReason = 500;
    private const int DefaultGroups = 50;
    private const int MaxGroups = 1000;

    private readonly Explainer _explainer = new(control.Plans);

    public void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/capabilities", GetAll);
        admin.MapGet("/capabilities/{name}", GetOne);
        admin.MapPost("/capabilities/{name}:promote", PromoteAsync);
        admin.MapPost("/capabilities/{name}:rollback", RollbackAsync);
        admin.MapPost("/capabilities/{name}:kill", KillAsync);
        admin.MapPost("/rules:apply", (Delegate)ApplyAsync);
        admin.MapGet("/differences", Differences);
        admin.MapGet("/explain", Explain);
        new FeatureEndpoint(control.Plans).Map(admin);
    }

    private JsonHttpResult<CapabilitiesAnswer> GetAll(HttpContext context)
    {
        var answer = status.All();
        return Tagged(context, answer.Plan, answer, AdminJson.Default.CapabilitiesAnswer);
    }

    private IResult GetOne(HttpContext context, string name)
    {
        var plan = control.Plans.Current.Number;
        return status.Find(name) is { } answer
            ? Tagged(context, plan, answer, AdminJson.Default.CapabilityStatus)
            : Problem.NotFound(NoSuchCapability(name));
    }

    private IResult Differences(HttpContext context, string? capability, int? limit)
    {
        if (limit is < 1 or > MaxGroups) return Problem.Invalid($"limit is 1 to {MaxGroups}");
        var plan = control.Plans.Current;
        if (capability is not null && plan.FindCapability(capability) is null) return Problem.NotFound(NoSuchCapability(capability));
        var answer = new DifferencesAnswer(groups.List(capability, limit ?? DefaultGroups));
        return Tagged(context, plan.Number, answer, AdminJson.Default.DifferencesAnswer);
    }

    private IResult Explain(string? method, string? path, string? unit)
    {
        if (string.IsNullOrEmpty(method) || path is null || !path.StartsWith('/'))
        {
            return Problem.Invalid("explain needs method and path: ?method=GET&path=/api/products/X");
        }

        return TypedResults.Json(_explainer.Explain(method.ToUpperInvariant(), path, unit), AdminJson.Default.ExplainAnswer);
    }

    private Task<IResult> PromoteAsync(HttpContext context, string name) =>
        ChangeAsync(context, name, AdminJson.Default.PromoteRequest, body => body.Reason, body => StageOf(body.Stage, out var stage)
            ? new Move(Verb.Promote) { Stage = stage, Share = body.Share, Everyone = body.Everyone }
            : null);

    private Task<IResult> RollbackAsync(HttpContext context, string name) =>
        ChangeAsync(context, name, AdminJson.Default.RollbackRequest, body => body.Reason, body => StageOf(body.Stage, out var stage)
            ? new Move(Verb.Rollback) { Stage = stage }
            : null);

    private Task<IResult> KillAsync(HttpContext context, string name) =>
        ChangeAsync(context, name, AdminJson.Default.ReasonRequest, body => body.Reason, _ => new Move(Verb.Kill), anyPlan: true);

    private async Task<IResult> ApplyAsync(HttpContext context)
    {
        var (body, request, problem) = await ReadAsync(context, AdminJson.Default.ReasonRequest, b => b.Reason, anyPlan: false);
        if (body is null || request is null) return problem!;
        var result = await control.ApplyRulesAsync(request, context.RequestAborted);
        return result.Outcome == ChangeOutcome.Done
            ? Tagged(context, result.Plan, new ApplyAnswer(result.Plan, result.Changes), AdminJson.Default.ApplyAnswer)
            : Problem.From(result);
    }

    private async Task<IResult> ChangeAsync<T>(
        HttpContext context, string name, JsonTypeInfo<T> type, Func<T, string?> reason, Func<T, Move?> moveOf, bool anyPlan = false)
        where T : class
    {
        var (body, request, problem) = await ReadAsync(context, type, reason, anyPlan);
        if (body is null || request is null) return problem!;
        if (moveOf(body) is not { } move) return Problem.Invalid($"there is no such stage; legal: {string.Join(", ", StageNames.All)}");

        // A kill is never cancelled by a client that hangs up: at three in the morning the kill counts, not its answer.
        var cancel = move.Verb == Verb.Kill ? CancellationToken.None : context.RequestAborted;
        var result = await control.MoveAsync([new CapabilityMove(name, move)], request, cancel);
        if (result.Outcome != ChangeOutcome.Done) return Problem.From(result);
        var answer = new ChangeAnswer(result.Plan, result.InFlight, status.Find(name)!, result.Changes);
        return Tagged(context, result.Plan, answer, AdminJson.Default.ChangeAnswer);
    }

    private static async Task<(T? Body, ChangeRequest? Request, IResult? Problem)> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, Func<T, string?> reason, bool anyPlan)
        where T : class
    {
        if (!TryReadPlan(context.Request, anyPlan, out var plan)) return (null, null, Problem.PreconditionRequired());
        T? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException error)
        {
            return (null, null, Problem.Invalid($"the body is not what this verb takes: {error.Message}"));
        }

        if (body is null || string.IsNullOrWhiteSpace(reason(body)) || reason(body)!.Length > MaxReason)
        {
            return (null, null, Problem.Invalid($"a reason is required, 1 to {MaxReason} characters: it goes into the audit log"));
        }

        var dryRun = string.Equals(context.Request.Query["dryRun"], "true", StringComparison.OrdinalIgnoreCase);
        return (body, new ChangeRequest(Actor, reason(body)!, plan, dryRun), null);
    }

    private static bool TryReadPlan(HttpRequest request, bool anyPlan, out long? plan)
    {
        plan = null;
        var value = request.Headers.IfMatch.ToString();
        if (value == "*") return anyPlan;
        if (value.Length < 3 || value[0] != '"' || value[^1] != '"') return false;
        if (!long.TryParse(value.AsSpan(1, value.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        plan = number;
        return true;
    }

    private static bool StageOf(string? name, out Stage? stage)
    {
        stage = null;
        if (name is null) return true;
        if (!StageNames.TryParse(name, out var parsed)) return false;
        stage = parsed;
        return true;
    }

    private string NoSuchCapability(string name) =>
        $"there is no capability '{name}'; legal: {string.Join(", ", control.Plans.Current.Capabilities.Select(c => c.Rules.Name))}";

    private static JsonHttpResult<T> Tagged<T>(HttpContext context, long plan, T answer, JsonTypeInfo<T> type)
    {
        context.Response.Headers.ETag = $"\"{plan}\"";
        return TypedResults.Json(answer, type);
    }
}
