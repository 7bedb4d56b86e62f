using System.Text;

namespace PrometheusText;

/// <summary>A counter's or gauge's single number.</summary>
/// <param name="labels">The rendered labels.</param>
/// <param name="accumulates">Measurements are differences to add up; otherwise each replaces the last.</param>
internal sealed class ValueSeries(string labels, bool accumulates) : Series(labels)
{
    private readonly Lock _gate = new();
    private double _current;

    /// <inheritdoc/>
    public override void Record(double value)
    {
        lock (_gate)
        {
            _current = accumulates ? _current + value : value;
        }
    }

    /// <inheritdoc/>
    public override void Write(StringBuilder output, string family)
    {
        double value;
        lock (_gate)
        {
            value = _current;
        }

        WriteSample(output, family, Labels, value);
    }
}
