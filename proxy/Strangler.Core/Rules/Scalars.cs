using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads single values; what cannot be read is reported and gives null.</summary>
internal static partial class Scalars
{
    public const string QuoteHint = "put quotes around it";

    private const string BracesHint = "put quotes around a value with braces: \"GET /api/products/{sku}\"";

    /// <summary>A text. What YAML takes for a number, for true or false, or for nothing, is none.</summary>
    public static string? Text(this DiagnosticBag bag, YamlNode? node, string what)
    {
        if (node is null) return null;
        if (node is YamlScalarNode { Value: { Length: > 0 } text } scalar && (scalar.Style != ScalarStyle.Plain || !NotText().IsMatch(text)))
        {
            return bag.Checked(node, what, text);
        }

        bag.Add(node, RuleCodes.WrongType, $"{what} must be a text", node switch
        {
            YamlMappingNode { Style: YamlDotNet.Core.Events.MappingStyle.Flow } => BracesHint,
            YamlScalarNode { Value.Length: > 0 } => QuoteHint,
            _ => null,
        });
        return null;
    }

    /// <summary>A text that stands for a value, such as <c>25%</c> or <c>5s</c>.</summary>
    /// <param name="bag">Where complaints go.</param>
    /// <param name="node">The value; null when it is not there.</param>
    /// <param name="what">How messages call it.</param>
    /// <param name="expected">What is expected, for the message.</param>
    /// <param name="parse">Reads the text; null when it is wrong.</param>
    /// <param name="hint">What to do about a wrong text.</param>
    public static T? Parse<T>(this DiagnosticBag bag, YamlNode? node, string what, string expected, Func<string, T?> parse, Func<string, string?>? hint = null)
        where T : struct
    {
        if (bag.Scalar(node, what) is not { } text) return null;
        var value = parse(text);
        if (value is null) bag.Add(node!, RuleCodes.BadValue, $"{what} '{text}' is not {expected}", hint?.Invoke(text));
        return value;
    }

    /// <summary>A number or a truth value, which YAML knows itself: in quotes it would be a text.</summary>
    public static T? Plain<T>(this DiagnosticBag bag, YamlNode? node, string what, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (node is not YamlScalarNode { Value: { Length: > 0 } text } scalar || scalar.Style == ScalarStyle.Plain) return bag.Parse(node, what, expected, parse);
        bag.Add(node, RuleCodes.WrongType, $"{what} '{text}' is not {expected}", "write it without quotes");
        return null;
    }

    /// <summary>One of some names.</summary>
    public static T? Name<T>(this DiagnosticBag bag, YamlNode? node, string what, IReadOnlyDictionary<string, T> legal)
        where T : struct
    {
        if (bag.Scalar(node, what) is not { } text) return null;
        if (legal.TryGetValue(text, out var value)) return value;
        bag.Add(node!, RuleCodes.BadValue, $"{what} '{text}' is unknown", Nearest.Hint(text, [.. legal.Keys]));
        return null;
    }

    /// <summary>A percentage as a share from 0 to 1.</summary>
    public static double? Percent(this DiagnosticBag bag, YamlNode? node, string what) =>
        bag.Parse(node, what, "a percentage from 0% to 100%", Percent, PercentHint);

    /// <summary><c>25%</c> as 0.25; only 0 % to 100 %.</summary>
    public static double? Percent(string text) =>
        Decimal().IsMatch(text.AsSpan().TrimEnd('%')) && text.EndsWith('%') && Number(text[..^1]) is <= 100 and var value ? value / 100 : null;

    /// <summary>What to write when the sign is missing.</summary>
    public static string? PercentHint(string text)
    {
        if (!Decimal().IsMatch(text) || Number(text) is not <= 100) return null;
        return Number(text) is > 0 and < 1
            ? string.Create(CultureInfo.InvariantCulture, $"write it with its sign: {text}%, or {Number(text) * 100:0.######}% if you meant a fraction")
            : $"write it with its sign: {text}%";
    }

    /// <summary>A number without sign and exponent.</summary>
    public static double? Number(string text) =>
        Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

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

    // Any scalar: the value itself is checked by who asks.
    private static string? Scalar(this DiagnosticBag bag, YamlNode? node, string what)
    {
        if (node is null) return null;
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return bag.Checked(node, what, text);
        bag.Add(node, RuleCodes.WrongType, $"{what} must be a text");
        return null;
    }

    private static string? Checked(this DiagnosticBag bag, YamlNode node, string what, string text)
    {
        if (text.Length > RulesLimits.Text)
        {
            bag.Add(node, RuleCodes.BadValue, $"{what} has {text.Length:N0} characters, limit {RulesLimits.Text}");
        }
        else if (text.Any(char.IsControl) || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            bag.Add(node, RuleCodes.BadValue, $"{what} has a control character, or a space at its start or end");
        }
        else
        {
            return text;
        }

        return null;
    }

    // What the core schema of YAML 1.2 does not read as a text.
    [GeneratedRegex(
        @"\A(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotText();

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,9})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Decimal();
}
