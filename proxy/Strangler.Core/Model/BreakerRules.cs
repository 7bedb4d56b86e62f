namespace Strangler.Core.Model;

/// <summary>When a side of a capability is left in peace because too much of what it is asked fails, and how it is asked again.</summary>
/// <param name="MinResults">Fewest results in the window before anything is concluded, 1 or more.</param>
/// <param name="Ratio">Share of the results that must have failed, above 0 and at most 1.</param>
/// <param name="Excess">How much larger than the other side's share that must be, 0 to 1; asked only when the other side has a quarter of the fewest results, too.</param>
/// <param name="Window">How far back results count, 1 s or more.</param>
/// <param name="Pause">How long nothing is sent to a side before it is tried again.</param>
/// <param name="Recover">How long it takes at least, from the first try, until everybody is let in again.</param>
public sealed record BreakerRules(int MinResults, double Ratio, double Excess, TimeSpan Window, TimeSpan Pause, TimeSpan Recover)
{
    /// <summary>The rules of a capability that names none: 20 results in 10 s, half of them failed and 25 points more than on the other side; tried again after 5 s, everybody after 60 s.</summary>
    public static readonly BreakerRules Default = new(20, 0.5, 0.25, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
}
