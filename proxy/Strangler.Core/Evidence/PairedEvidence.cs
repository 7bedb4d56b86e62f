namespace Strangler.Core.Evidence;

/// <summary>
/// How much more often the new side alone differs than legacy asked again alone, as an e-value: a bet against "the new side is just another legacy",
/// which wins E times its stake. Under that null the one is as likely as the other (McNemar, Psychometrika 12, 1947), so a look at any time, and
/// after every request, sees E reach 1/alpha with at most probability alpha (J. Ville, 1939; Ramdas, Grünwald, Vovk and Shafer, Statistical
/// Science 38, 2023). The bet is the mixture of likelihood ratios over all probabilities above one half with equal weight (after H. Robbins, Ann. Math. Stat. 41, 1970):
/// E(b, c) = 2^(b+c+1) B(b+1, c+1) P(Beta(b+1, c+1) > 1/2).
/// </summary>
internal static class PairedEvidence
{
    /// <summary>The natural logarithm of E; 0 when nothing is known.</summary>
    /// <param name="newOnly">b: requests in which the new side alone differs, 0 to 10^9.</param>
    /// <param name="legacyOnly">c: requests in which legacy's second answer alone differs, 0 to 10^9.</param>
    public static double Log(long newOnly, long legacyOnly)
    {
        double b = newOnly + 1, c = legacyOnly + 1;
        // Where legacy differs at least as often, P is a term times a fraction, and the term cancels against the powers and B.
        if (c >= b) return Math.Log(IncompleteBeta.Fraction(c, b, 0.5, 0.5) / 2);
        var term = BinomialTerm.Log(b, c, 0.5, 0.5);
        var below = Math.Exp(term) * IncompleteBeta.Fraction(b, c, 0.5, 0.5);
        return Math.Log(1 - below) - term - Math.Log(2);
    }
}
