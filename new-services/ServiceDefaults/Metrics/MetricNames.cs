using System.Text;

namespace PrometheusText;

/// <summary>Turns dotted instrument names with UCUM units into Prometheus names in base units.</summary>
internal static class MetricNames
{
    private static readonly string[] ReservedSuffixes = ["_total", "_count", "_sum", "_bucket"];

    /// <summary>
    /// The family name: <c>http.server.request.duration</c> in <c>s</c> becomes
    /// <c>http_server_request_duration_seconds</c>; counters end in <c>_total</c>.
    /// </summary>
    public static string Family(string instrument, string? unit, MetricKind kind)
    {
        var name = Sanitize(instrument);
        foreach (var reserved in ReservedSuffixes)
        {
            if (name.EndsWith(reserved, StringComparison.Ordinal) && name.Length > reserved.Length)
            {
                name = name[..^reserved.Length];
            }
        }

        var suffix = UnitSuffix(unit, kind);
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += suffix;
        }

        return kind == MetricKind.Counter ? name + "_total" : name;
    }

    /// <summary>The label name: <c>http.route</c> becomes <c>http_route</c>; <c>le</c>, which buckets own, <c>exported_le</c>.</summary>
    public static string Label(string tag)
    {
        var name = Sanitize(tag);
        return name == "le" ? "exported_le" : name;
    }

    private static string Sanitize(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                if (result.Length == 0 && char.IsAsciiDigit(character))
                {
                    result.Append('_');
                }

                result.Append(character);
            }
            else if (result.Length == 0 || result[^1] != '_')
            {
                result.Append('_');
            }
        }

        return result.Length == 0 ? "_" : result.ToString();
    }

    private static string UnitSuffix(string? unit, MetricKind kind) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",
        "1" when kind == MetricKind.Gauge => "_ratio",
        _ => "",
    };
}
