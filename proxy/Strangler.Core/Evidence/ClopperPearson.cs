namespace Strangler.Core.Evidence;

/// <summary>
/// The exact one-sided upper bound of a share from counts (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934): with at least the given
/// confidence the true share is not above it, whatever it is. It is the share at which so few or fewer would be seen in 1 - confidence of all cases, and
/// that probability is an incomplete beta function (NIST DLMF 8.17.5).
/// </summary>
internal static class ClopperPearson
{
    /// <summary>The bound, 0 to 1; 1 when nothing was compared or all differ.</summary>
    /// <param name="differing">How many differ, 0 to <paramref name="compared"/>.</param>
    /// <param name="compared">How many were compared, up to 10^9.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static double Upper(long differing, long compared, double confidence)
    {
        if (compared <= 0 || differing >= compared) return 1;
        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high) return high;
            if (IncompleteBeta.Regularised(differing + 1, compared - differing, middle) < confidence) low = middle;
            else high = middle;
        }
    }

    /// <summary>How many comparisons without any difference prove a limit: the bound of none of so many is at most the limit.</summary>
    /// <param name="limit">The limit, above 0 and below 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static long CleanNeeded(double limit, double confidence) => (long)Math.Ceiling(Math.Log(1 - confidence) / LogOfRest(limit));

    // ln(1 - x) without losing the digits of a tiny x: the rounding of 1 - x enters both factors and cancels (W. Kahan).
    private static double LogOfRest(double x)
    {
        var rest = 1 - x;
        return rest == 1 ? -x : Math.Log(rest) * (x / (1 - rest));
    }
}
