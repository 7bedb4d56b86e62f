using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Admin;

/// <summary>What can be looked at: capabilities, differences, decisions, edges.</summary>
internal sealed class LookEndpoints(ControlPlane control, StatusReader status, GroupReader groups, BreakerBoard breakers)
{
    private const int DefaultGroups = 50;
    private const int MaxGroups = 1000;

    private readonly Explainer _explainer = new(control.Plans, breakers);

    public IResult All()
    {
        var answer = status.All();
        return new TaggedResult(answer.Plan, TypedResults.Json(answer, AdminJson.Default.CapabilitiesAnswer));
    }

    public IResult One(string name)
    {
        var plan = control.Plans.Current.Number;
        return status.Find(name) is { } answer
            ? new TaggedResult(plan, TypedResults.Json(answer, AdminJson.Default.CapabilityStatus))
            : Problem.NotFound(NoSuchCapability(name));
    }

    public async Task<IResult> DifferencesAsync(HttpContext context, string? capability, int? limit)
    {
        if (limit is < 1 or > MaxGroups) return Problem.Invalid($"limit is 1 to {MaxGroups}");
        var plan = control.Plans.Current;
        if (capability is not null && plan.FindCapability(capability) is null) return Problem.NotFound(NoSuchCapability(capability));
        var (found, store) = await groups.ReadAsync(capability, context.RequestAborted);
        var answer = new DifferencesAnswer([.. found.Take(limit ?? DefaultGroups)], store);
        return new TaggedResult(plan.Number, TypedResults.Json(answer, AdminJson.Default.DifferencesAnswer));
    }

    public IResult Explain(string? method, string? path, string? unit, string? group)
    {
        if (string.IsNullOrEmpty(method) || path is null || !path.StartsWith('/'))
        {
            return Problem.Invalid("explain needs method and path: ?method=GET&path=/api/products/X");
        }

        return TypedResults.Json(_explainer.Explain(method.ToUpperInvariant(), path, unit, group), AdminJson.Default.ExplainAnswer);
    }

    public async Task<IResult> EdgesAsync(HttpContext context)
    {
        var plan = control.Plans.Current.Number;
        var health = control.Health;
        var edges = await EdgesAsync(context.RequestAborted);
        var oldest = edges.Count == 0 ? plan : edges.Min(edge => edge.OldestPlan);
        var answer = new EdgesAnswer(
            control.Store.Name, plan, edges.Count(edge => edge.Plan >= plan), oldest, edges.Sum(edge => edge.OnOlderPlans), edges,
            new EdgeHealth(health.Edge, health.StaleSince, health.Error, health.Refused, health.Overrides));
        return new TaggedResult(plan, TypedResults.Json(answer, AdminJson.Default.EdgesAnswer));
    }

    // The store is away just when one wants to know how this edge is.
    private async Task<IReadOnlyList<EdgeReport>> EdgesAsync(CancellationToken cancel)
    {
        try
        {
            return await control.Store.ReadEdgesAsync(cancel);
        }
        catch (ControlStoreException)
        {
            return [];
        }
    }

    private string NoSuchCapability(string name) =>
        $"there is no capability '{name}'; legal: {string.Join(", ", control.Plans.Current.Capabilities.Select(c => c.Rules.Name))}";
}
