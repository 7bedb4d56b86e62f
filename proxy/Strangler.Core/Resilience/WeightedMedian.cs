namespace Strangler.Core.Resilience;

/// <summary>The value that half of the weight does not exceed: one slow capability among many does not move it.</summary>
public static class WeightedMedian
{
    /// <summary>The median; 1 when there is no weight. Sorts the values in place.</summary>
    public static double Of(Span<(double Value, long Weight)> values)
    {
        values.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        var total = 0L;
        foreach (var (_, weight) in values) total += weight;
        var below = 0L;
        foreach (var (value, weight) in values)
        {
            below += weight;
            if (below * 2 >= total && weight > 0) return value;
        }

        return 1;
    }
}
