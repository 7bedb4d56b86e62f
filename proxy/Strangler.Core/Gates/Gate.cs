using System.Globalization;
using Strangler.Core.Model;

namespace Strangler.Core.Gates;

/// <summary>Asks what the rules demand before a step up, and says what is missing with the numbers.</summary>
public static class Gate
{
    /// <summary>The verdict.</summary>
    /// <param name="rules">What is demanded; null demands nothing.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="from">The stage it stands on: only a canary has users on both sides whose waiting can be compared.</param>
    public static GateVerdict Judge(GateRules? rules, GateEvidence evidence, Stage from)
    {
        if (rules is null) return new GateVerdict(Verdict.Pass, [], ["the rules have no gate for it, so nothing is demanded"]);
        var (findings, remarks) = (new List<GateFinding>(), new List<string>());
        if (rules.MaxMismatch is { } limit)
        {
            MismatchGate.Add(findings, remarks, limit, rules, evidence.Mismatch);
            findings.AddRange(evidence.ExpiredRules.Select(rule => new GateFinding(Verdict.Hold, rule)));
            remarks.AddRange(evidence.IdleRules);
        }

        if (rules.NoNewGroups && evidence.NewGroups > 0) findings.Add(new(Verdict.Hold, NewGroups(evidence.NewGroups)));
        if (rules.MaxP95Ratio is { } ratio && from >= Stage.ReadCanary && Latency(ratio, evidence) is { } slow) findings.Add(slow);
        var verdict = findings.Count == 0 ? Verdict.Pass : findings.Max(finding => finding.Verdict);
        return new GateVerdict(verdict, [.. findings.Select(finding => finding.Sentence)], remarks);
    }

    private static string NewGroups(int count) =>
        $"{count:N0} {(count == 1 ? "group" : "groups")} of differences nobody has looked at, limit 0; strangler diffs lists them, strangler diffs ack takes note of one";

    private static GateFinding? Latency(double limit, GateEvidence evidence)
    {
        if (evidence is not { LegacyP95Ms: { } legacy, NewP95Ms: { } @new })
        {
            return new(Verdict.Hold, string.Create(CultureInfo.InvariantCulture, $"p95 of both sides is not known yet: too few requests in the last hour, limit {limit:0.##} times legacy's"));
        }

        var ratio = @new / legacy;
        return ratio <= limit ? null : new(Verdict.RollBack, string.Create(CultureInfo.InvariantCulture,
            $"p95 of the new side {@new:0.#} ms is {ratio:0.##} times legacy's {legacy:0.#} ms, limit {limit:0.##}"));
    }
}
