using System.Runtime.InteropServices;

namespace Strangler.Core.Resilience;

/// <summary>How many results a side has had, and how many of them were failures.</summary>
/// <param name="Failed">Failures.</param>
/// <param name="Total">All results.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OutcomeCounts(long Failed, long Total)
{
    // A difference of less than this many standard errors is taken for chance.
    private const double Sure = 3;

    /// <summary>Share of failures, 0 to 1; 0 without results.</summary>
    public double Ratio => Total == 0 ? 0 : (double)Failed / Total;

    /// <summary>True when the share of failures is larger than that of another side by the given difference, and by more than chance explains.</summary>
    /// <param name="other">The other side's counts; not empty.</param>
    /// <param name="excess">The difference, 0 to 1.</param>
    public bool Exceeds(OutcomeCounts other, double excess)
    {
        var difference = Ratio - other.Ratio;
        var pooled = (double)(Failed + other.Failed) / (Total + other.Total);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / Total) + (1.0 / other.Total)));
        return difference >= excess && difference > Sure * error;
    }
}
