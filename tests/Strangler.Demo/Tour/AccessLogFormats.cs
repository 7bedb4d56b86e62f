using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strangler.Demo.Shop;

namespace Strangler.Demo.Tour;

/// <summary>The access logs of the backends.</summary>
internal static partial class AccessLogFormats
{
    /// <summary>Reads the monolith's line: combined log format with microseconds.</summary>
    public static AccessEntry? ParseMonolith(string line)
    {
        var match = Combined().Match(line);
        return match.Success
            ? new AccessEntry(
                ParseTime(match.Groups["time"].Value),
                match.Groups["method"].Value,
                match.Groups["path"].Value,
                int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture),
                match.Groups["agent"].Value,
                IsShadow: false)
            : null;
    }

    /// <summary>Reads a new service's line: JSON.</summary>
    public static AccessEntry? ParseCatalog(string line)
    {
        using var json = JsonDocument.Parse(line);
        var entry = json.RootElement;
        return new AccessEntry(
            ParseTime(entry.GetProperty("t").GetString()!),
            entry.GetProperty("m").GetString()!,
            entry.GetProperty("p").GetString()!,
            entry.GetProperty("s").GetInt32(),
            entry.GetProperty("ua").GetString()!,
            entry.GetProperty("h").TryGetProperty(ShopCommands.ShadowHeader, out _));
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(
        """\[(?<time>[^\]]+)\] "(?<method>\S+) (?<path>[^ ?]+)[^"]*" (?<status>\d+) \S+ "[^"]*" "(?<agent>[^"]*)" """,
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Combined();
}
