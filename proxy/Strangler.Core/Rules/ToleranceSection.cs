using System.Globalization;
using Strangler.Core.Compare;

namespace Strangler.Core.Rules;

/// <summary>Reads how far apart numbers may be: <c>tolerate: { abs: 0.01 }</c>.</summary>
internal static class ToleranceSection
{
    private const string Example = "tolerate: { abs: 0.01 }, { relative: 100ppm } or { scale: 2 }";
    private const decimal PartsPerMillion = 1_000_000m;
    private const decimal PartsPerPercent = 10_000m;

    // More digits than this no amount has; a decimal holds them exactly.
    private const int MaxLength = 20;

    public static Tolerance? Read(Section section, DiagnosticBag bag)
    {
        if (section.OptionalSection("tolerate") is not { } inner) return null;
        var before = bag.Errors;
        var tolerance = new Tolerance
        {
            Abs = bag.Parse(inner.Optional("abs"), "'abs'", "a number above 0 such as 0.01", Positive),
            Ppm = bag.Parse(inner.Optional("relative"), "'relative'", "a part above 0 and at most 100%, such as 100ppm or 0.1%", Relative),
            Scale = bag.Parse(inner.Optional("scale"), "'scale'", $"a number of decimals from 0 to {Tolerance.MaxScale}", Scale),
        };
        inner.Close();
        if (bag.Errors == before && tolerance == new Tolerance()) bag.Add(inner.Node, RuleCodes.MissingKey, "'tolerate' is empty", Example);
        return tolerance;
    }

    private static decimal? Positive(string text) =>
        text.Length <= MaxLength && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : null;

    private static decimal? Relative(string text)
    {
        const string ppm = "ppm";
        var value = text.EndsWith(ppm, StringComparison.Ordinal) ? Positive(text[..^ppm.Length])
            : text.EndsWith('%') ? Positive(text[..^1]) * PartsPerPercent
            : null;
        return value <= PartsPerMillion ? value : null;
    }

    private static int? Scale(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= Tolerance.MaxScale ? value : null;
}
