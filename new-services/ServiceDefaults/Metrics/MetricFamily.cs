using System.Collections.Concurrent;
using System.Text;

namespace PrometheusText;

/// <summary>Everything exposed under one name: HELP, TYPE and one series per set of label values.</summary>
/// <param name="name">The Prometheus name.</param>
/// <param name="help">What it counts; escaped when written.</param>
/// <param name="kind">The TYPE line.</param>
/// <param name="create">Makes a series from its rendered labels.</param>
internal sealed class MetricFamily(string name, string help, MetricKind kind, Func<string, Series> create)
{
    /// <summary>
    /// The most series of one family. Label values may come from outside; what exceeds this is counted under the value
    /// <see cref="LabelText.Other"/>, so that nobody can fill the memory with names.
    /// </summary>
    public const int MaxSeries = 1000;

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _byTags = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<string, Series> _byLabels = new(StringComparer.Ordinal);

    /// <summary>The Prometheus name.</summary>
    public string Name => name;

    /// <summary>The TYPE line.</summary>
    public MetricKind Kind => kind;

    /// <summary>Takes one measurement. A counter ignores what would make it fall.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (kind != MetricKind.Counter || value >= 0)
        {
            Find(tags).Record(value);
        }
    }

    /// <summary>Forgets all series; those of observable instruments are named anew at each scrape.</summary>
    public void Clear()
    {
        _byTags.Clear();
        _byLabels.Clear();
    }

    /// <summary>Writes HELP, TYPE and the samples; nothing while there are none.</summary>
    public void Write(StringBuilder output)
    {
        var series = _byLabels.Values.OrderBy(one => one.Labels, StringComparer.Ordinal).ToArray();
        if (series.Length == 0)
        {
            return;
        }

        var escaped = help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        output.Append("# HELP ").Append(name).Append(' ').Append(escaped).Append('\n');
        output.Append("# TYPE ").Append(name).Append(' ').Append(TypeName(kind)).Append('\n');
        foreach (var one in series)
        {
            one.Write(output, name);
        }
    }

    private static string TypeName(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var known))
        {
            return known;
        }

        var labels = LabelText.Render(tags);
        if (!_byLabels.TryGetValue(labels, out var series))
        {
            series = _byLabels.GetOrAdd(_byLabels.Count < MaxSeries ? labels : LabelText.RenderOther(tags), create);
        }

        // The same labels may come in any order: a few more entries than series are normal.
        if (_byTags.Count < 2 * MaxSeries)
        {
            _byTags.TryAdd(tags.ToArray(), series);
        }

        return series;
    }
}
