using System.Globalization;
using System.Text.RegularExpressions;

namespace Strangler.UnitTests.ServiceDefaults;

/// <summary>A strict reader of the Prometheus text format 0.0.4, written from its description and not from our writer.</summary>
internal sealed partial class ExpositionFormat
{
    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];

    private readonly List<string> _complaints = [];
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(double Bound, double Count)>> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _counts = new(StringComparer.Ordinal);
    private string _helped = "";
    private string _family = "";
    private string _type = "";

    private ExpositionFormat()
    {
    }

    /// <summary>Everything that is wrong, in order; empty when the text is valid.</summary>
    public static IReadOnlyList<string> Check(string text)
    {
        var format = new ExpositionFormat();
        if (!text.EndsWith('\n'))
        {
            format._complaints.Add("the last line does not end");
        }

        foreach (var line in text.Split('\n')[..^1])
        {
            format.Read(line);
        }

        format.CheckHistograms();
        return format._complaints;
    }

    private void Read(string line)
    {
        if (HelpLine().Match(line) is { Success: true } help)
        {
            _helped = help.Groups["name"].Value;
        }
        else if (TypeLine().Match(line) is { Success: true } typed)
        {
            StartFamily(typed.Groups["name"].Value, typed.Groups["type"].Value);
        }
        else if (SampleLine().Match(line) is { Success: true } sample)
        {
            ReadSample(sample, line);
        }
        else
        {
            _complaints.Add($"cannot be read: {line}");
        }
    }

    private void StartFamily(string name, string kind)
    {
        (_family, _type) = (name, kind);
        if (_helped != name)
        {
            _complaints.Add($"{name}: no HELP just before TYPE");
        }

        if (!_families.Add(name))
        {
            _complaints.Add($"{name}: a second TYPE");
        }

        if (kind == "counter" != name.EndsWith("_total", StringComparison.Ordinal))
        {
            _complaints.Add($"{name}: counters, and only they, end in _total");
        }
    }

    private void ReadSample(Match sample, string line)
    {
        var name = sample.Groups["name"].Value;
        var value = Number(sample.Groups["value"].Value, line);
        var labels = LabelPair().Matches(sample.Groups["labels"].Value)
            .Select(pair => (Name: pair.Groups["name"].Value, Value: pair.Groups["value"].Value)).ToList();
        var part = _type == "histogram" ? HistogramParts.FirstOrDefault(part => name == _family + part) : "";
        if (part is null || name != _family + part)
        {
            _complaints.Add($"{name}: not of the family {_family} above it");
        }

        if (labels.DistinctBy(label => label.Name, StringComparer.Ordinal).Count() != labels.Count)
        {
            _complaints.Add($"{name}: a label twice");
        }

        if (!_samples.Add(name + string.Join(',', labels.OrderBy(label => label.Name, StringComparer.Ordinal))))
        {
            _complaints.Add($"{name}: a series twice");
        }

        if (_type == "counter" && value < 0)
        {
            _complaints.Add($"{name}: a negative counter");
        }

        var others = _family + string.Join(',', labels.Where(label => label.Name != "le"));
        if (part == "_bucket")
        {
            var bound = Number(labels.Single(label => label.Name == "le").Value, line);
            _buckets.TryAdd(others, []);
            _buckets[others].Add((bound, value));
        }
        else if (part == "_count")
        {
            _counts[others] = value;
        }
    }

    private void CheckHistograms()
    {
        foreach (var (series, list) in _buckets)
        {
            if (list.Zip(list.Skip(1)).Any(pair => pair.First.Bound >= pair.Second.Bound || pair.First.Count > pair.Second.Count))
            {
                _complaints.Add($"{series}: buckets neither ascend nor accumulate");
            }

            if (!double.IsPositiveInfinity(list[^1].Bound) || !_counts.TryGetValue(series, out var count) || count != list[^1].Count)
            {
                _complaints.Add($"{series}: the bucket of +Inf is not the count");
            }
        }
    }

    private double Number(string text, string line)
    {
        switch (text)
        {
            case "+Inf":
                return double.PositiveInfinity;
            case "-Inf":
                return double.NegativeInfinity;
            case "NaN":
                return double.NaN;
            default:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                {
                    _complaints.Add($"no number: {line}");
                }

                return value;
        }
    }

    [GeneratedRegex("^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\\]|\\\\\\\\|\\\\n)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        "^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\[\\\\\"n])*\"(,[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\[\\\\\"n])*\")*)\\})? (?<value>\\S+)$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>([^\"\\\\]|\\\\[\\\\\"n])*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelPair();
}
