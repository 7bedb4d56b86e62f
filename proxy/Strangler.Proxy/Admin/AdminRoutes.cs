using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Strangler.Core.Admin;
using Strangler.Proxy.Admin.Events;
using Strangler.Proxy.Features;

namespace Strangler.Proxy.Admin;

/// <summary>
/// The admin API, <c>/admin/v1</c>, as one table: every route with the right it needs, what it takes and what it answers. The command line
/// and the console use this and nothing else.
/// </summary>
internal static class AdminRoutes
{
    private const string Prefix = "/admin/v1";
    private const string Capability = "/capabilities/{name}";

    public static void Map(IEndpointRouteBuilder app, IServiceProvider edge)
    {
        var admin = app.MapGroup(Prefix).WithTags("admin");
        MapLooks(admin, edge);
        MapPlans(admin, ActivatorUtilities.CreateInstance<PlanEndpoints>(edge));
        MapChanges(admin, ActivatorUtilities.CreateInstance<ChangeEndpoints>(edge));
        MapDifferences(admin, ActivatorUtilities.CreateInstance<DifferenceEndpoints>(edge));
        admin.MapPost("/differences:preview", (Delegate)ActivatorUtilities.CreateInstance<RulesPreviewEndpoint>(edge).PreviewAsync)
            .Needs(Right.Look).Takes<RulesPreviewRequest>()
            .Answers<RulesPreviewAnswer>("What the compare rules of a draft would hide of the differences that are stored").Refuses(400, 404, 422);
        MapTokens(admin, ActivatorUtilities.CreateInstance<TokenEndpoints>(edge));
        var preview = ActivatorUtilities.CreateInstance<PreviewEndpoints>(edge);
        admin.MapPost("/changes:preview", (Delegate)preview.PreviewAsync)
            .Needs(Right.Look).Takes<ChangesRequest>().Answers<PreviewAnswer>("What a change would do, how it is undone, what is missing and how many requests would move")
            .Refuses(400, 404);
        var events = ActivatorUtilities.CreateInstance<EventEndpoint>(edge);
        admin.MapGet("/events", (Delegate)events.ListenAsync)
            .Needs(Right.Look).Describe("Events as they happen: plan, status, heartbeat, resync; resumed by Last-Event-ID")
            .Produces(StatusCodes.Status200OK, null, "text/event-stream").Refuses(503);
        ActivatorUtilities.CreateInstance<FeatureEndpoint>(edge).Map(admin)
            .Needs(Right.Look).Describe("The definitions for applications with Microsoft.FeatureManagement").Produces(StatusCodes.Status200OK, null, "application/json");
        AdminDocument.Map(admin).Needs(Right.Look);
    }

    private static void MapLooks(RouteGroupBuilder admin, IServiceProvider edge)
    {
        var look = ActivatorUtilities.CreateInstance<LookEndpoints>(edge);
        admin.MapGet("/capabilities", look.All)
            .Needs(Right.Look).Answers<CapabilitiesAnswer>("Every capability: where it stands, its traffic, its evidence, its lag");
        admin.MapGet(Capability, look.One)
            .Needs(Right.Look).Answers<CapabilityStatus>("One capability").Refuses(404);
        admin.MapGet($"{Capability}/gate", ActivatorUtilities.CreateInstance<GateEndpoint>(edge).JudgeAsync)
            .Needs(Right.Look).Answers<GateAnswer>("What the gate of a capability says, by its rules or by what is demanded here in their place").Refuses(400, 404);
        admin.MapGet("/differences", (Delegate)look.DifferencesAsync)
            .Needs(Right.Look).Answers<DifferencesAnswer>("Groups of differences: what nobody has judged first, the gravest and most frequent of it first").Refuses(400, 404);
        admin.MapGet("/explain", look.Explain)
            .Needs(Right.Look).Answers<ExplainAnswer>("Which side would answer a request, and why").Refuses(400);
        admin.MapGet("/edges", (Delegate)look.EdgesAsync)
            .Needs(Right.Look).Answers<EdgesAnswer>("Which edges have applied which plan, and how this one and the store get along");
    }

    private static void MapPlans(RouteGroupBuilder admin, PlanEndpoints plans)
    {
        admin.MapGet("/plans", plans.PlansAsync)
            .Needs(Right.Look).Answers<PlansAnswer>("The last plans, the newest first").Refuses(400, 503);
        admin.MapGet("/plans/{number:long}", plans.PlanAsync)
            .Needs(Right.Look).Answers<PlanAnswer>("A kept plan, without tokens and names of units").Refuses(404, 409, 503);
        admin.MapGet("/audit", plans.AuditAsync)
            .Needs(Right.Look).Answers<AuditAnswer>("Entries of the audit log: the last ones, or those after a line").Refuses(400, 503);
        admin.MapGet("/audit/export", plans.Export)
            .Needs(Right.Look).Describe("The lines of the audit log as they are, to check their chain").Produces(StatusCodes.Status200OK, null, "application/x-ndjson");
    }

    private static void MapChanges(RouteGroupBuilder admin, ChangeEndpoints changes)
    {
        Change<PromoteRequest>(admin, "promote", Right.Raise, changes.PromoteAsync, "One stage up, a larger share, or everyone");
        Change<RollbackRequest>(admin, "rollback", Right.Lower, changes.RollbackAsync, "Any stage down; also the way out of a kill");
        Change<ShrinkRequest>(admin, "shrink", Right.Lower, changes.ShrinkAsync, "A smaller share of the same stage");
        Change<ReasonRequest>(admin, "hold", Right.Lower, changes.HoldAsync, "Admit nobody more");
        Change<ReasonRequest>(admin, "release", Right.Raise, changes.ReleaseAsync, "End a hold");
        Change<ReasonRequest>(admin, "kill", Right.Lower, changes.KillAsync, "Everything to legacy at once, whatever the plan");
        Change<ListRequest>(admin, "include", Right.Lower, changes.IncludeAsync, "Named units and groups to the new side; putting them on the list needs the right to raise");
        Change<ListRequest>(admin, "exclude", Right.Lower, changes.ExcludeAsync, "Named units and groups to legacy; taking them off the list needs the right to raise");
        Change<BreakerRequest>(admin, "isolate", Right.Lower, changes.IsolateAsync, "The breaker of a side held open on every edge: nothing goes to new, or no fallback to legacy");
        Change<BreakerRequest>(admin, "reset", Right.Raise, changes.ResetAsync, "The breaker of a side closed on every edge, isolated or not");
        admin.MapPost("/changes", (Delegate)changes.ChangesAsync)
            .Needs(Right.Lower).Repeatable().Takes<ChangesRequest>()
            .Answers<ChangesAnswer>("Several moves in one plan, all of them or none; each needs its own right").Refuses(400, 404, 409, 412, 422, 428, 500);
        admin.MapPost("/rules:apply", (Delegate)changes.ApplyAsync)
            .Needs(Right.Raise).Repeatable().Takes<ReasonRequest>()
            .Answers<ApplyAnswer>("Reads the rules files again; with errors in them the running plan stays").Refuses(400, 409, 412, 422, 428, 500);
    }

    private static void MapDifferences(RouteGroupBuilder admin, DifferenceEndpoints differences)
    {
        const string group = "/differences/{fingerprint}";
        admin.MapGet(group, (Delegate)differences.OneAsync)
            .Needs(Right.Look).Answers<DifferenceAnswer>("One group of differences, by its fingerprint or a beginning of it that only it has").Refuses(400, 404, 409);
        Judge("ack", differences.AckAsync, "Known; a new build brings it back");
        Judge("ignore", differences.IgnoreAsync, "Accepted until a day, with the line that does it in the rules file");
        Judge("fix", differences.FixAsync, "Said to be mended; the next one of the same or a newer build brings it back");
        Judge("reopen", differences.ReopenAsync, "Takes back what was made of it");
        admin.MapPost($"{group}:rerun", (Delegate)differences.RerunAsync)
            .Needs(Right.Judge).Answers<RerunAnswer>("Asks both sides again with the group's last request, while this edge still has it in memory").Refuses(400, 404, 409);

        void Judge(string verb, Func<HttpContext, string, Task<IResult>> handler, string summary) => admin.MapPost($"{group}:{verb}", handler)
            .Needs(Right.Judge).Repeatable().Takes<JudgeRequest>().Answers<JudgeAnswer>(summary).Refuses(400, 404, 409, 412, 422, 428, 500);
    }

    private static void MapTokens(RouteGroupBuilder admin, TokenEndpoints tokens)
    {
        admin.MapGet("/tokens", tokens.List)
            .Needs(Right.Tokens).Answers<TokensAnswer>("The tokens, without their secrets");
        admin.MapPost("/tokens", (Delegate)tokens.CreateAsync)
            .Needs(Right.Tokens).Takes<TokenRequest>()
            .Answers<TokenAnswer>("A new token; its secret is in this answer and nowhere else").Refuses(400, 409, 412, 428, 500);
        admin.MapDelete("/tokens/{name}", tokens.RevokeAsync)
            .Needs(Right.Tokens).Answers<TokenAnswer>("Revokes a token").Refuses(400, 404, 412, 428, 500);
    }

    private static void Change<T>(RouteGroupBuilder admin, string verb, Right right, Func<HttpContext, string, Task<IResult>> handler, string summary)
        where T : notnull =>
        admin.MapPost($"{Capability}:{verb}", handler)
            .Needs(right).Repeatable().Takes<T>().Answers<ChangeAnswer>(summary).Refuses(400, 404, 409, 412, 422, 428, 500);
}
