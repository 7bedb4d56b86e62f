using System.Globalization;
using System.Text;

namespace PrometheusText;

/// <summary>Renders tags as the label part of a sample: <c>method="GET",route="/"</c>, sorted by name and escaped.</summary>
internal static class LabelText
{
    /// <summary>Longer label values are cut to this many characters.</summary>
    public const int MaxValueLength = 120;

    /// <summary>Stands for every value once a family has too many series.</summary>
    public const string Other = "_other";

    /// <summary>Tags without a value are left out, as an empty label means none; of two with the same name the first stays.</summary>
    public static string Render(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Render(tags, Text);

    /// <summary>The same labels, each with the value <see cref="Other"/>.</summary>
    public static string RenderOther(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Render(tags, static _ => Other);

    /// <summary>Writes a number as the exposition format wants it.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        return double.IsInfinity(value)
            ? value > 0 ? "+Inf" : "-Inf"
            : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Render(ReadOnlySpan<KeyValuePair<string, object?>> tags, Func<object?, string> text)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (text(value) is { Length: > 0 } shown)
            {
                labels.TryAdd(MetricNames.Label(name), shown);
            }
        }

        var result = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            result.Append(result.Length == 0 ? "" : ",").Append(name).Append("=\"");
            AppendEscaped(result, value);
            result.Append('"');
        }

        return result.ToString();
    }

    private static string Text(object? value)
    {
        var text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.Length <= MaxValueLength ? text : text[..MaxValueLength];
    }

    private static void AppendEscaped(StringBuilder result, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => result.Append(@"\\"),
                '"' => result.Append("\\\""),
                '\n' => result.Append(@"\n"),
                _ => result.Append(character),
            };
        }
    }
}
