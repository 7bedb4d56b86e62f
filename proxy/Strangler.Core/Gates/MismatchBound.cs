namespace Strangler.Core.Gates;

/// <summary>
/// The exact upper bound of a share from counts (Clopper and Pearson, Biometrika 26, 1934): with the given confidence the true share of
/// differing exchanges is not above it.
/// </summary>
public static class MismatchBound
{
    private const int Halvings = 60;

    /// <summary>The bound, 0 to 1; 1 when nothing was compared.</summary>
    /// <param name="different">Exchanges that differ, 0 to <paramref name="compared"/>.</param>
    /// <param name="compared">Exchanges compared.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static double Upper(long different, long compared, double confidence)
    {
        if (compared <= 0 || different >= compared) return 1;
        var (low, high) = ((double)different / compared, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(different, compared, middle) > 1 - confidence) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>How many exchanges without any difference prove a limit.</summary>
    /// <param name="limit">The limit, above 0 and below 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static long CleanNeeded(double limit, double confidence) => (long)Math.Ceiling(Math.Log(1 - confidence) / Math.Log(1 - limit));

    // Probability of at most k differences in n exchanges at a true share p, each term from the one before, in logarithms.
    private static double AtMost(long k, long n, double p)
    {
        var odds = Math.Log(p) - Math.Log(1 - p);
        var term = n * Math.Log(1 - p);
        var sum = Math.Exp(term);
        for (var i = 1L; i <= k; i++)
        {
            term += Math.Log((n - i + 1) / (double)i) + odds;
            sum += Math.Exp(term);
        }

        return sum;
    }
}
