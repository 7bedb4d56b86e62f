namespace Strangler.Core.Evidence;

/// <summary>What a field's paired counts say of its differences, with the numbers. It may demote a field and never hides one.</summary>
/// <param name="Standing">The decision.</param>
/// <param name="Sentence">Why, for an operator: one sentence with the numbers and the limits.</param>
internal sealed record FieldDecision(FieldStanding Standing, string Sentence)
{
    private const double MostOdds = 1_000_000;
    private const double NoiseConfidence = 0.99;

    /// <summary>Decides.</summary>
    /// <param name="field">What was seen since the last change of either build or of the rules.</param>
    /// <param name="limits">What must be shown.</param>
    public static FieldDecision Of(FieldEvidence field, NoiseLimits limits)
    {
        var counts = field.Counts;
        var seen = $"{counts.NewOnly:N0} of {counts.Triples:N0} differ on the new side only";
        if (limits.MinTriples - counts.Triples is > 0 and var more)
        {
            return new(FieldStanding.Undetermined, $"{seen}, {counts.LegacyDiffers:N0} between two answers of legacy; "
                + $"{more:N0} more {(more == 1 ? "request" : "requests")} asked twice must come before it is decided, until then differences are shown");
        }

        if (counts.LegacyDiffers == 0)
        {
            return new(FieldStanding.Deterministic, $"{seen}, and legacy answered all {counts.Triples:N0} twice the same: every difference is shown");
        }

        seen += $", {counts.LegacyOnly:N0} on legacy only, {counts.Both:N0} on both";
        var evidence = PairedEvidence.Log(counts.NewOnly, counts.LegacyOnly);
        var odds = $"evidence {Odds(evidence)}, limit {limits.Evidence:N0}:1";
        if (evidence >= Math.Log(limits.Evidence)) return new(FieldStanding.Regression, $"{seen}; {odds}: a regression on a field that is noisy in legacy too");
        if (field.Alarmed) return new(FieldStanding.Regression, $"{seen}; {odds}: it was shown to be a regression earlier under the same builds and rules");

        if (OfSingles(field, limits) is { } weaker) return new(FieldStanding.Regression, $"{seen}; {weaker}");

        var bound = PairedDifference.Upper(counts, limits.Confidence);
        var excess = $"the new side differs at most {Math.Ceiling(bound * 1e5) / 1e3:0.###} % more often than legacy itself at {limits.Confidence * 100:0.##} % confidence, "
            + $"margin {limits.Margin * 100:0.###} %";
        return bound < limits.Margin
            ? new(FieldStanding.Noise, $"{seen}; {excess}: noise, folded and counted")
            : new(FieldStanding.Undetermined, $"{seen}; {odds}; {excess}: not decided, so differences are shown");
    }

    // Most traffic is asked only once. It is held against the most noise that legacy may have, so it takes more of it to show the same.
    private static string? OfSingles(FieldEvidence field, NoiseLimits limits)
    {
        if (field.Singles == 0) return null;
        var noise = ClopperPearson.Upper(field.Counts.LegacyDiffers, field.Counts.Triples, NoiseConfidence);
        if (noise >= 1) return null;
        var evidence = ExcessEvidence.Log(field.SinglesDiffer, field.Singles - field.SinglesDiffer, noise);
        return evidence < Math.Log(limits.Evidence) ? null
            : $"of {field.Singles:N0} requests for which legacy was not asked twice {field.SinglesDiffer:N0} differ, its own noise explains at most {noise * 100:0.###} % "
            + $"(evidence {Odds(evidence)}, limit {limits.Evidence:N0}:1): a regression, by the weaker evidence of single answers";
    }

    // Rounded down: a limit that is not reached must not read as if it were.
    private static string Odds(double logEvidence) => logEvidence switch
    {
        < 0 => "below 1:1",
        _ when logEvidence > Math.Log(MostOdds) => $"over {MostOdds:N0}:1",
        _ => $"{Math.Floor(Math.Exp(logEvidence)):N0}:1",
    };
}
