using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>What the gate of a capability says, by its rules or by what the caller demands in their place. It changes nothing.</summary>
internal sealed class GateEndpoint(PlanHolder plans, EvidenceReader evidence)
{
    public async Task<IResult> JudgeAsync(
        string name, double? maxMismatch, double? confidence, long? minCompared, double? maxUndetermined, bool? noNewGroups, double? maxP95Ratio, CancellationToken cancel)
    {
        if (Wrong(maxMismatch, confidence, minCompared, maxUndetermined, maxP95Ratio) is { } wrong) return Problem.Invalid(wrong);
        var plan = plans.Current;
        if (plan.FindCapability(name) is not { } capability)
            return Problem.NotFound($"there is no capability '{name}'; legal: {string.Join(", ", plan.Capabilities.Select(c => c.Rules.Name))}");

        // A capability without a gate is judged without one, unless the caller demands something.
        var given = capability.Rules.Gate ?? new GateRules(null, GateRules.DefaultConfidence, null);
        var demands = given with
        {
            MaxMismatch = maxMismatch ?? given.MaxMismatch,
            Confidence = confidence ?? given.Confidence,
            MaxP95Ratio = maxP95Ratio ?? given.MaxP95Ratio,
            MinCompared = minCompared ?? given.MinCompared,
            MaxUndetermined = maxUndetermined ?? given.MaxUndetermined,
            NoNewGroups = noNewGroups ?? given.NoNewGroups,
        };
        await evidence.LookAsync(name, demands, cancel);
        var known = evidence.Of(capability);
        var verdict = Gate.Judge(capability.Rules.Gate is null && demands == given ? null : demands, known, capability.State.Stage);
        var answer = new GateAnswer(
            plan.Number,
            name,
            capability.State.Stage.ToName(),
            KebabNames<Verdict>.Of(verdict.Verdict),
            verdict.Missing,
            verdict.Remarks,
            new GateDemands(demands.MaxMismatch, demands.Confidence, demands.MinCompared, demands.MaxUndetermined, demands.NoNewGroups, demands.MaxP95Ratio),
            known.Mismatch.Compared,
            known.Mismatch.Different,
            known.LegacyP95Ms,
            known.NewP95Ms,
            known.LagSeconds);
        return new TaggedResult(plan.Number, TypedResults.Json(answer, AdminJson.Default.GateAnswer));
    }

    private static string? Wrong(double? maxMismatch, double? confidence, long? minCompared, double? maxUndetermined, double? maxP95Ratio)
    {
        if (maxMismatch is not (null or > 0 and < 1)) return "maxMismatch is a share above 0 and below 1";
        if (confidence is not (null or >= GateRules.MinConfidence and <= GateRules.MaxConfidence)) return $"confidence is {GateRules.MinConfidence} to {GateRules.MaxConfidence}";
        if (minCompared is not (null or > 0)) return "minCompared is above 0";
        if (maxUndetermined is not (null or >= 0 and <= 1)) return "maxUndetermined is a share, 0 to 1";
        return maxP95Ratio is null or > 0 and <= GateRules.LargestP95Ratio ? null : $"maxP95Ratio is above 0 and at most {GateRules.LargestP95Ratio}";
    }
}
