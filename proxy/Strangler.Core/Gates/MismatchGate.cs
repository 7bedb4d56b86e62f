using System.Globalization;
using System.Runtime.CompilerServices;
using Strangler.Core.Evidence;
using Strangler.Core.Model;

namespace Strangler.Core.Gates;

/// <summary>The part of the gate that asks how often the answers of the two sides differ.</summary>
internal static class MismatchGate
{
    public static void Add(List<GateFinding> findings, List<string> remarks, double limit, GateRules rules, MismatchEvidence evidence)
    {
        var judged = NoiseJudgement.Of(evidence, limit, rules.Confidence);
        if (evidence.Compared < rules.MinCompared)
            findings.Add(new(Verdict.Hold, Format($"{evidence.Compared:N0} exchanges of the last hour have a verdict, the rules demand {rules.MinCompared:N0}")));
        if (Mismatch(judged, evidence, limit, rules.Confidence) is { } mismatch) findings.Add(mismatch);
        if (Undetermined(judged, evidence, rules.MaxUndetermined) is { } undetermined) findings.Add(undetermined);
        findings.AddRange(evidence.Biases.Where(bias => bias.Alarmed).Select(bias => new GateFinding(Verdict.Hold, bias.Sentence)));
        if (judged.Explained > 0) remarks.Add(Format($"{judged.Explained:N0} more differ in nothing but noise; strangler diffs shows them too"));
        remarks.AddRange(judged.Regressions);
        remarks.AddRange(evidence.Suggestions.Select(rule => $"items of a list are told apart by a field of theirs; this rule would pair them by it: {rule}"));
    }

    private static GateFinding? Mismatch(NoiseJudgement judged, MismatchEvidence evidence, double limit, double confidence)
    {
        var seen = $"{judged.Unexplained:N0} of {evidence.Compared:N0} exchanges of the last hour differ";
        if (judged.Unexplained > limit * evidence.Compared)
        {
            return new(
                judged.AtLeast > limit ? Verdict.RollBack : Verdict.Hold,
                Format($"mismatch {Percent(judged.Unexplained / (double)evidence.Compared)} ({seen}), limit {Percent(limit)}; strangler diffs shows them"));
        }

        if (judged.Bound <= limit) return null;
        var noise = judged.Hidden > 0 ? $", {Percent(judged.Hidden)} of it may hide in noise" : "";
        var remedy = judged.Unexplained > 0 || judged.Hidden > 0
            ? "more exchanges narrow the bound"
            : Format($"{ClopperPearson.CleanNeeded(limit, confidence):N0} without a difference prove it");
        return new(Verdict.Hold, Format(
            $"mismatch up to {Percent(judged.Bound)} at {Percent(confidence)} confidence ({seen}{noise}), limit {Percent(limit)}; {remedy}"));
    }

    private static GateFinding? Undetermined(NoiseJudgement judged, MismatchEvidence evidence, double limit)
    {
        var all = evidence.Compared + judged.Undetermined;
        return judged.Undetermined <= limit * all ? null : new(Verdict.Hold, Format(
            $"{Percent(judged.Undetermined / (double)all)} of the exchanges are undetermined ({judged.Undetermined:N0} of {all:N0}), limit {Percent(limit)}; the adapters are behind, or legacy changes while it is asked: strangler status shows the lag"));
    }

    private static string Percent(double share) => Format($"{share * 100:0.###} %");

    private static string Format(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
