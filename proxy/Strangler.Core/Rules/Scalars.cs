using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads single values; what cannot be read is reported and gives null.</summary>
internal static class Scalars
{
    public static string? Text(this DiagnosticBag bag, YamlNode? node, string what)
    {
        if (node is null) return null;
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return text;
        bag.Add(node, "wrong-type", $"{what} must be a text");
        return null;
    }

    public static T? Parse<T>(this DiagnosticBag bag, YamlNode? node, string what, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (bag.Text(node, what) is not { } text) return null;
        var value = parse(text);
        if (value is null) bag.Add(node!, "bad-value", $"{what} '{text}' is not {expected}");
        return value;
    }

    /// <summary>One of some names.</summary>
    public static T? Name<T>(this DiagnosticBag bag, YamlNode? node, string what, IReadOnlyDictionary<string, T> legal)
        where T : struct
    {
        if (bag.Text(node, what) is not { } text) return null;
        if (legal.TryGetValue(text, out var value)) return value;
        bag.Add(node!, "bad-value", $"{what} '{text}' is unknown", Nearest.Hint(text, [.. legal.Keys]));
        return null;
    }

    /// <summary><c>25%</c> as 0.25; only 0 % to 100 %.</summary>
    public static double? Percent(string text) =>
        text.EndsWith('%') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value <= 100
            ? value / 100
            : null;

    /// <summary><c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>; above zero and at most a day.</summary>
    public static TimeSpan? Duration(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        TimeSpan? span = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => null,
        };
        return span > TimeSpan.Zero && span <= TimeSpan.FromDays(1) ? span : null;
    }

    public static bool? Boolean(string text) => text switch { "true" => true, "false" => false, _ => null };

    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static int? PositiveInteger(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    /// <summary>An address of a backend: scheme, host and port, nothing else.</summary>
    public static Uri? Address(this DiagnosticBag bag, YamlNode? node, string what)
    {
        if (bag.Text(node, what) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0)
        {
            return uri;
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            // Not repeated: diagnostics go to screens and logs, and this may be a password.
            bag.Add(node!, "bad-value", $"{what} holds a user name or a password", "secrets do not stand in rules");
            return null;
        }

        bag.Add(node!, "bad-value", $"{what} '{text}' is no address of a backend", "write scheme, host and port: http://127.0.0.1:5100");
        return null;
    }
}
