namespace Strangler.Core.Evidence;

/// <summary>Mismatch evidence with the noise told apart: what remains is what the gate counts.</summary>
/// <param name="Unexplained">Requests that were shown to differ in at least one field that is not noise.</param>
/// <param name="Undetermined">Requests without a verdict that differed in at least one field that is not noise.</param>
/// <param name="Explained">Requests that were shown to differ in nothing but noise.</param>
/// <param name="Bound">How large the share of mismatches may be at most, those that noise can hide included, at the confidence asked for.</param>
/// <param name="Hidden">The part of <paramref name="Bound"/> that noise can hide.</param>
/// <param name="AtLeast">How large the unexplained share is at least, at the same confidence.</param>
/// <param name="Regressions">The sentences of the fields that were shown to be regressions although legacy is noisy there.</param>
internal sealed record NoiseJudgement(
    long Unexplained, long Undetermined, long Explained, double Bound, double Hidden, double AtLeast, IReadOnlyList<string> Regressions)
{
    // A false alarm in at most one of a hundred fields that are called regressions.
    private const double Alpha = 0.01;

    /// <summary>Judges.</summary>
    /// <param name="evidence">What was seen.</param>
    /// <param name="limit">The largest mismatch that is accepted, which is also how much more often than legacy itself a noisy field may differ.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static NoiseJudgement Of(MismatchEvidence evidence, double limit, double confidence)
    {
        var decisions = Decisions(evidence.Fields, new NoiseLimits(limit) { Confidence = confidence });
        var noise = decisions.Select(decision => decision.Standing == FieldStanding.Noise).ToArray();
        var unexplained = evidence.Sets.Where(set => set.Fields is null || set.Fields.Any(field => !noise[field])).ToList();
        var different = unexplained.Sum(set => set.Different);

        // Every bound may be wrong with an equal part of the error that all of them may make together (Bonferroni).
        var each = 1 - ((1 - confidence) / (1 + noise.Count(isNoise => isNoise)));
        var hidden = MostHidden(evidence.Fields, noise, each);
        return new NoiseJudgement(
            different,
            unexplained.Sum(set => set.Undetermined),
            evidence.Different - different,
            ClopperPearson.Upper(different, evidence.Compared, each) + hidden,
            hidden,
            1 - ClopperPearson.Upper(evidence.Compared - different, evidence.Compared, confidence),
            [.. decisions.Zip(evidence.Fields).Where(pair => pair.First.Standing == FieldStanding.Regression).Select(pair => $"{pair.Second.Field}: {pair.First.Sentence}")]);
    }

    /// <summary>The decision of each field, all tested together.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="limits">What must be shown; the evidence asked for is that of the procedure for many fields.</param>
    public static IReadOnlyList<FieldDecision> Decisions(IReadOnlyList<FieldEvidence> fields, NoiseLimits limits)
    {
        var evidence = fields.Select(field => PairedEvidence.Log(field.Counts.NewOnly, field.Counts.LegacyOnly)).ToList();
        limits = limits with { Evidence = EBenjaminiHochberg.Limit(evidence, Alpha) };
        return [.. fields.Select(field => FieldDecision.Of(field, limits))];
    }

    /// <summary>Whether the counts of one field among many are an alarm by themselves, whatever the others say.</summary>
    /// <param name="counts">Its counts.</param>
    /// <param name="fields">How many fields there are.</param>
    public static bool IsAlarm(PairedCounts counts, int fields) =>
        counts.LegacyDiffers > 0
        && counts.Triples >= NoiseLimits.EnoughTriples
        && PairedEvidence.Log(counts.NewOnly, counts.LegacyOnly) >= Math.Log(Math.Max(1, fields) / Alpha);

    // A field can only hide what is asked of its operation, so each bound has the weight of the operation's part of the traffic.
    private static double MostHidden(IReadOnlyList<FieldEvidence> fields, bool[] noise, double confidence)
    {
        var triples = fields.DistinctBy(field => field.Field.Operation, StringComparer.Ordinal).Sum(field => field.Counts.Triples);
        return fields.Where((_, index) => noise[index]).Sum(field => PairedDifference.Upper(field.Counts, confidence) * field.Counts.Triples / triples);
    }
}
