using System.Text;

namespace PrometheusText;

/// <summary>Observations counted in buckets; written cumulatively, with their sum and count.</summary>
/// <param name="labels">The rendered labels.</param>
/// <param name="boundaries">The upper bounds of the buckets, ascending, without the last one of +Inf.</param>
internal sealed class HistogramSeries(string labels, double[] boundaries) : Series(labels)
{
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[boundaries.Length + 1];
    private double _sum;

    /// <inheritdoc/>
    public override void Record(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        // A bound belongs to its bucket ("le": less or equal); a value that is no bound comes back as the complement.
        var index = Array.BinarySearch(boundaries, value);
        lock (_gate)
        {
            _counts[index < 0 ? ~index : index]++;
            _sum += value;
        }
    }

    /// <inheritdoc/>
    public override void Write(StringBuilder output, string family)
    {
        long[] buckets;
        double total;
        lock (_gate)
        {
            buckets = [.. _counts];
            total = _sum;
        }

        var separator = Labels.Length == 0 ? "" : ",";
        var cumulative = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulative += buckets[i];
            var bound = LabelText.Number(i < boundaries.Length ? boundaries[i] : double.PositiveInfinity);
            WriteSample(output, family + "_bucket", $"{Labels}{separator}le=\"{bound}\"", cumulative);
        }

        WriteSample(output, family + "_sum", Labels, total);
        WriteSample(output, family + "_count", Labels, cumulative);
    }
}
