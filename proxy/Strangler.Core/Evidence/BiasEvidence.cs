namespace Strangler.Core.Evidence;

/// <summary>In which direction tolerated values of one field go. A request counts once, and not at all when its values go both ways.</summary>
/// <param name="Field">The field.</param>
/// <param name="Lower">Requests in which the new side is lower, or earlier.</param>
/// <param name="Higher">Requests in which it is higher, or later.</param>
/// <param name="Alarmed">Whether a bias has ever been shown under the same builds and rules.</param>
public sealed record BiasEvidence(EvidenceField Field, long Lower, long Higher, bool Alarmed)
{
    // A false alarm in at most one of a hundred fields, over all looks.
    private const double Alpha = 0.01;

    /// <summary>
    /// Whether the directions are too unequal for chance: rounding goes either way. The e-values of both one-sided bets, each with half of the stake
    /// (<see cref="PairedEvidence"/>).
    /// </summary>
    internal bool IsShown => LogEvidence >= Math.Log(1 / Alpha);

    /// <summary>The alarm for an operator; one sentence.</summary>
    internal string Sentence =>
        $"{Field}: {Math.Max(Lower, Higher):N0} of {Lower + Higher:N0} tolerated values are {(Lower > Higher ? "lower" : "higher")} on the new side (evidence at least {1 / Alpha:N0}:1 that this is no rounding): "
        + "each is within its tolerance, together they are a bias; mend it, or ignore it by a rule with a reason";

    private double LogEvidence
    {
        get
        {
            var (lower, higher) = (PairedEvidence.Log(Lower, Higher), PairedEvidence.Log(Higher, Lower));
            var most = Math.Max(lower, higher);
            return most + Math.Log((Math.Exp(lower - most) + Math.Exp(higher - most)) / 2);
        }
    }
}
