using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>The plans that are kept, and the audit log that says how each came to be.</summary>
internal sealed class PlanEndpoints(ControlPlane control, AuditReader audit)
{
    private const int DefaultPlans = 20;
    private const int MaxPlans = 500;
    private const int DefaultEntries = 100;
    private const int MaxEntries = 1000;

    public async Task<IResult> PlansAsync(HttpContext context, int? limit)
    {
        if (limit is < 1 or > MaxPlans) return Problem.Invalid($"limit is 1 to {MaxPlans}");
        var plan = control.Plans.Current.Number;
        var last = await audit.LastAsync(null, limit ?? DefaultPlans, context.RequestAborted);
        var answer = new PlansAnswer(plan, [.. last.Entries.Reverse().DistinctBy(e => e.Plan).Select(e =>
            new PlanSummary(e.Plan, e.At, e.Actor, e.Verb, e.Capabilities, e.Reason, e.Changes))]);
        return new TaggedResult(plan, TypedResults.Json(answer, AdminJson.Default.PlansAnswer));
    }

    public async Task<IResult> PlanAsync(HttpContext context, long number)
    {
        if (await control.Store.ReadAsync(number, context.RequestAborted) is not { } document) return Problem.NotFound($"plan {number} is not kept");
        try
        {
            var state = PlanDocument.Read(document);
            return TypedResults.Json(
                new PlanAnswer(
                    number,
                    PlanDocument.ChecksumOf(document),
                    number == control.Plans.Current.Number,
                    [.. state.Rules.Select(file => new PlanFile(file.Name, file.Text))],
                    [.. state.Capabilities.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Of(c.Key, c.Value))]),
                AdminJson.Default.PlanAnswer);
        }
        catch (FormatException error)
        {
            return Problem.Conflict($"plan {number} cannot be read: {error.Message}");
        }
    }

    public async Task<IResult> AuditAsync(HttpContext context, long? after, int? limit, string? capability)
    {
        if (limit is < 1 or > MaxEntries) return Problem.Invalid($"limit is 1 to {MaxEntries}");
        var count = limit ?? DefaultEntries;
        var answer = after is { } line
            ? await audit.AfterAsync(line, capability, count, context.RequestAborted)
            : await audit.LastAsync(capability, count, context.RequestAborted);
        return TypedResults.Json(answer, AdminJson.Default.AuditAnswer);
    }

    /// <summary>The lines as they are, so that anybody can check the chain.</summary>
    public IResult Export() => TypedResults.Stream(
        async body =>
        {
            await using var writer = new StreamWriter(body, leaveOpen: true) { NewLine = "\n" };
            await foreach (var line in control.Store.ReadAuditAsync(CancellationToken.None)) await writer.WriteLineAsync(line);
        },
        "application/x-ndjson");

    private static PlanCapability Of(string name, CapabilityState state) => new(
        name, state.Stage.ToName(), state.Share, state.Everyone, state.Held, state.Killed, StatusReader.List(state.Include), StatusReader.List(state.Exclude));
}
