using System.Text;

namespace PrometheusText;

/// <summary>One set of label values of a family. Safe for many writers.</summary>
/// <param name="labels">The rendered labels without braces; may be empty.</param>
internal abstract class Series(string labels)
{
    /// <summary>The rendered labels; series are listed in this order.</summary>
    public string Labels { get; } = labels;

    /// <summary>Takes one measurement.</summary>
    public abstract void Record(double value);

    /// <summary>Writes the samples, one per line.</summary>
    public abstract void Write(StringBuilder output, string family);

    /// <summary>Writes one sample line.</summary>
    protected static void WriteSample(StringBuilder output, string name, string labels, double value)
    {
        output.Append(name);
        if (labels.Length > 0)
        {
            output.Append('{').Append(labels).Append('}');
        }

        output.Append(' ').Append(LabelText.Number(value)).Append('\n');
    }
}
