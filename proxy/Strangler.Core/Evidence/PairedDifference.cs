namespace Strangler.Core.Evidence;

/// <summary>
/// The upper bound of pC - pS: how much more often the new side differs from legacy than legacy from itself, as a share of requests. pC - pS is the
/// share of requests in which only one of the two differs, times 2t - 1, where t is the share of the new side among these. Both factors get their exact
/// bound (Clopper and Pearson, 1934; t given the count of such requests, the conditioning of McNemar's exact test), and the error
/// is divided between them (Bonferroni), so the confidence is kept for every true value and every number of requests; score intervals (Tango, Statistics in
/// Medicine 17, 1998) are narrower and keep it only about. It holds for one look: a decision that is taken again and again must be one that can be taken back.
/// </summary>
internal static class PairedDifference
{
    // The share's bound decides for fields that always differ, the direction's for fields that differ at times. With a quarter for the first, either
    // needs at most half again as many requests as it would with all of the error.
    private const double ForTheShare = 0.25;

    /// <summary>The bound, 0 to 1; never below 0, as "at most as often as legacy" is all that is asked of it.</summary>
    /// <param name="counts">What was seen.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static double Upper(PairedCounts counts, double confidence)
    {
        var error = 1 - confidence;
        var unequal = counts.NewOnly + counts.LegacyOnly;
        var share = ClopperPearson.Upper(unequal, counts.Triples, 1 - (ForTheShare * error));
        var direction = ClopperPearson.Upper(counts.NewOnly, unequal, 1 - ((1 - ForTheShare) * error));
        return share * Math.Max(0, (2 * direction) - 1);
    }
}
