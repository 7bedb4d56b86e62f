namespace Strangler.Core.Evidence;

/// <summary>
/// How much more often something happens than a bound allows, as an e-value: a bet against "its probability is at most the bound". The bet is the mixture of
/// likelihood ratios over all probabilities above the bound with equal weight, so it may be looked at any time (H. Robbins, Ann. Math. Stat. 41, 1970); at a bound of one
/// half it is the bet of <see cref="PairedEvidence"/>: E = B(k+1, m+1) P(Beta(k+1, m+1) > u) / (u^k (1-u)^(m+1)).
/// </summary>
internal static class ExcessEvidence
{
    /// <summary>The natural logarithm of E; 0 when nothing is known.</summary>
    /// <param name="happened">k: how often it happened, 0 to 10^9.</param>
    /// <param name="not">m: how often it did not, 0 to 10^9.</param>
    /// <param name="bound">u: the probability that is allowed, above 0 and below 1.</param>
    public static double Log(long happened, long not, double bound)
    {
        var above = 1 - IncompleteBeta.Regularised(happened + 1, not + 1, bound);
        return Math.Log(bound) - BinomialTerm.Log(happened + 1, not + 1, bound, 1 - bound) + Math.Log(above);
    }
}
