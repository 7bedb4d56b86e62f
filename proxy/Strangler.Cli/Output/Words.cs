using System.Text;

namespace Strangler.Cli.Output;

/// <summary>Numbers, times and foreign text as people read them.</summary>
internal static class Words
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "-";

    /// <summary>A count with separators: <c>12,345</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("N0");

    /// <summary>A percentage with at most two decimals: <c>2.5 %</c>.</summary>
    /// <param name="percent">0 to 100.</param>
    public static string Percent(double percent) => $"{percent:0.##} %";

    /// <summary>A rate as a percentage, cut off and not rounded, so that 100 % is said only of all.</summary>
    /// <param name="rate">0 to 1; null when there is none.</param>
    public static string Rate(double? rate) =>
        // Scaled first: 0.57 * 10000 is 5699.999..., which must not lose its last digit.
        rate is { } value ? Percent(Math.Floor(Math.Round(value * 10_000, 6)) / 100) : None;

    /// <summary>A short duration: <c>8.1 ms</c>, <c>230 ms</c>, <c>12.5 s</c>.</summary>
    /// <param name="milliseconds">The duration; null when there is none.</param>
    public static string Milliseconds(double? milliseconds) => milliseconds switch
    {
        null => None,
        < 99.95 and { } value => $"{value:0.0} ms",
        < 9_999.5 and { } value => $"{value:0} ms",
        { } value => Seconds(value / 1_000),
    };

    /// <summary>A duration of seconds or more: <c>0.1 s</c>, <c>42 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    /// <param name="seconds">The duration; null when there is none.</param>
    public static string Seconds(double? seconds) => seconds switch
    {
        null => None,
        < 9.95 and { } value => $"{value:0.0} s",
        < 120 and { } value => $"{Math.Floor(value):0} s",
        < 7_200 and { } value => $"{Math.Floor(value / 60):0} min",
        < 172_800 and { } value => $"{Math.Floor(value / 3_600):0} h",
        { } value => $"{Math.Floor(value / 86_400):0} d",
    };

    /// <summary>How long ago: <c>42 s ago</c>.</summary>
    /// <param name="at">The time.</param>
    /// <param name="now">The present time; a time after it, by clocks that differ, counts as now.</param>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var seconds = (now - at).TotalSeconds;
        return seconds < 1 ? "now" : $"{Seconds(Math.Floor(seconds)).Replace(".0", "", StringComparison.Ordinal)} ago";
    }

    /// <summary>Text from elsewhere, on one line and without control characters that could steer the terminal.</summary>
    /// <param name="text">The text.</param>
    public static string Safe(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            safe.Append(character is '\n' or '\r' or '\t' ? ' ' : char.IsControl(character) ? '?' : character);
        }

        return safe.ToString();
    }

    /// <summary>Text from elsewhere, made safe and cut to a length with an ellipsis.</summary>
    /// <param name="text">The text; null for a value that is not there.</param>
    /// <param name="length">Most characters, at least 1.</param>
    public static string Cut(string? text, int length)
    {
        var safe = text is null ? "(absent)" : Safe(text);
        return safe.Length <= length ? safe : string.Concat(safe.AsSpan(0, length - 1), "…");
    }
}
