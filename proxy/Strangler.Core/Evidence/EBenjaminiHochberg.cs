namespace Strangler.Core.Evidence;

/// <summary>
/// The e-BH procedure (R. Wang and A. Ramdas, "False discovery rate control with e-values", J. R. Stat. Soc. B 84, 2022): among the fields that are
/// called regressions, on average at most a share alpha is not one, however the fields depend on each other.
/// </summary>
internal static class EBenjaminiHochberg
{
    /// <summary>
    /// The e-value that a field must reach: m / (alpha k) for the largest k such that k fields reach it; m / alpha, the limit of a single one, when none does.
    /// </summary>
    /// <param name="logEvidence">The natural logarithm of the e-value of every field that was tested, also of those without a difference.</param>
    /// <param name="alpha">The share of false discoveries, above 0 and below 1.</param>
    public static double Limit(IReadOnlyCollection<double> logEvidence, double alpha)
    {
        double fields = Math.Max(1, logEvidence.Count);
        var sorted = logEvidence.OrderDescending().ToArray();
        for (var k = sorted.Length; k > 1; k--)
        {
            var limit = fields / (alpha * k);
            if (sorted[k - 1] >= Math.Log(limit)) return limit;
        }

        return fields / alpha;
    }
}
