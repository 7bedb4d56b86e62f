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

        var rules = capability.Rules.Gate;
        var demanded = maxMismatch ?? confidence ?? minCompared ?? maxUndetermined ?? maxP95Ratio;
        if (demanded is not null || noNewGroups is not null)
        {
            rules = new GateRules(maxMismatch ?? rules?.MaxMismatch, confidence ?? rules?.Confidence ?? GateRules.DefaultConfidence, maxP95Ratio ?? rules?.MaxP95Ratio)
            {
                MinCompared = minCompared ?? rules?.MinCompared ?? 0,
                MaxUndetermined = maxUndetermined ?? rules?.MaxUndetermined ?? GateRules.DefaultMaxUndetermined,
                NoNewGroups = noNewGroups ?? rules?.NoNewGroups ?? false,
            };
        }

        await evidence.LookAsync(cancel);
        var known = evidence.Of(capability);
        var verdict = Gate.Judge(rules, known, capability.State.Stage);
        var demands = rules ?? new GateRules(null, GateRules.DefaultConfidence, null);
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
