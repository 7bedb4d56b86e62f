namespace Strangler.Core.Evidence;

/// <summary>What must be shown before a field's differences are called a regression or noise.</summary>
/// <param name="Margin">How much more often than legacy itself the new side may differ in noise: a share of requests, above 0, at most 1.</param>
internal sealed record NoiseLimits(double Margin)
{
    /// <summary>With so many requests asked three times, noise of 1 % has shown itself with a chance of 95 %.</summary>
    public const long EnoughTriples = 300;

    /// <summary>Requests asked three times before anything is decided.</summary>
    public long MinTriples { get; init; } = EnoughTriples;

    /// <summary>
    /// The e-value from which a difference is a regression: 1/alpha, so 100 is a false alarm in at most 1 of 100 fields over all looks. Many fields
    /// together take the one of <see cref="EBenjaminiHochberg.Limit"/>.
    /// </summary>
    public double Evidence { get; init; } = 100;

    /// <summary>Confidence of the bound that must be below the margin, above 0 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;
}
