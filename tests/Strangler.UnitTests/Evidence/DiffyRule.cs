namespace Strangler.UnitTests.Evidence;

/// <summary>
/// How Diffy decides whether a field is shown with noise excluded, written from its description: the marginal counts of both pairs, two strict
/// thresholds in percent with their defaults, no sample size and no pairing.
/// </summary>
internal static class DiffyRule
{
    private const double Relative = 20;
    private const double Absolute = 0.03;

    /// <param name="raw">Requests in which the new side differs from legacy.</param>
    /// <param name="noise">Requests in which legacy asked again differs from legacy.</param>
    /// <param name="total">Requests.</param>
    public static bool Shows(long raw, long noise, long total) =>
        raw > noise
        && (raw - noise) / (double)(raw + noise) * 100 > Relative
        && (raw - noise) / (double)total * 100 > Absolute;
}
