using System.Globalization;
using Strangler.Core.Evidence;
using Strangler.Core.Model;

namespace Strangler.Core.Gates;

/// <summary>Asks what the rules demand before a step up, and says what is missing with the numbers.</summary>
public static class Gate
{
    /// <summary>Everything that is missing, one sentence each; empty when the gate is open.</summary>
    /// <param name="rules">What is demanded; null demands nothing.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="from">The stage it stands on: only a canary has users on both sides whose waiting can be compared.</param>
    public static IReadOnlyList<string> Missing(GateRules? rules, GateEvidence evidence, Stage from)
    {
        var missing = new List<string>();
        if (rules?.MaxMismatch is { } limit) AddMismatch(missing, limit, rules.Confidence, evidence);
        if (rules?.MaxP95Ratio is { } ratio && from >= Stage.ReadCanary) AddLatency(missing, ratio, evidence);
        return missing;
    }

    private static void AddMismatch(List<string> missing, double limit, double confidence, GateEvidence evidence)
    {
        var (different, compared) = (evidence.Different, evidence.Compared);
        if (different > limit * compared)
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture,
                $"mismatch {different / (double)compared * 100:0.###} % ({different:N0} of {compared:N0} exchanges of the last hour differ), limit {limit * 100:0.###} %; strangler diffs shows them"));
            return;
        }

        var bound = ClopperPearson.Upper(different, compared, confidence);
        if (bound <= limit) return;
        var clean = ClopperPearson.CleanNeeded(limit, confidence);
        missing.Add(string.Create(CultureInfo.InvariantCulture,
            $"mismatch up to {bound * 100:0.###} % at {confidence * 100:0.##} % confidence ({different:N0} of {compared:N0} exchanges of the last hour differ), limit {limit * 100:0.###} %; {clean:N0} without a difference prove it"));
    }

    private static void AddLatency(List<string> missing, double limit, GateEvidence evidence)
    {
        if (evidence is not { LegacyP95Ms: { } legacy, NewP95Ms: { } @new })
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"p95 of both sides is not known yet: too few requests in the last hour, limit {limit:0.##} times legacy's"));
            return;
        }

        var ratio = @new / legacy;
        if (ratio <= limit) return;
        missing.Add(string.Create(CultureInfo.InvariantCulture,
            $"p95 of the new side {@new:0.#} ms is {ratio:0.##} times legacy's {legacy:0.#} ms, limit {limit:0.##}"));
    }
}
