using System.CommandLine;
using System.Globalization;
using Strangler.Core.Model;

namespace Strangler.Cli.Verbs.Gates;

/// <summary>What the caller demands in the place of what the rules say.</summary>
internal sealed class GateOptions
{
    private readonly Option<double?> _mismatch = Percent("--max-mismatch", "Largest share of exchanges that may differ, above 0% and below 100%.", share => share is > 0 and < 1);
    private readonly Option<double?> _confidence = Percent("--confidence", $"How sure that bound must be, {GateRules.MinConfidence:0.##%} to {GateRules.MaxConfidence:0.##%}.", share => share is >= GateRules.MinConfidence and <= GateRules.MaxConfidence);
    private readonly Option<double?> _undetermined = Percent("--max-undetermined", "Largest share of exchanges without a verdict.", share => share is >= 0 and <= 1);
    private readonly Option<double?> _ratio = Number("--max-p95-ratio", $"Largest p95 of the new side by legacy's, above 0 and at most {GateRules.LargestP95Ratio}.", "RATIO", ratio => ratio is > 0 and <= GateRules.LargestP95Ratio);
    private readonly Option<double?> _compared = Number("--min-compared", "Fewest exchanges of the last hour with a verdict, a whole number above 0.", "N", n => n is > 0 and < int.MaxValue && double.IsInteger(n));
    private readonly Option<bool> _groups = new("--no-new-groups") { Description = "A group of differences that nobody has looked at keeps the gate closed." };

    /// <summary>Gives them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        foreach (Option option in (Option[])[_mismatch, _confidence, _compared, _undetermined, _groups, _ratio]) verb.Add(option);
    }

    /// <summary>They as a query for the admin API; empty for none.</summary>
    public string Query(ParseResult parse)
    {
        (string Name, string? Value)[] all =
        [
            ("maxMismatch", Text(parse.GetValue(_mismatch))),
            ("confidence", Text(parse.GetValue(_confidence))),
            ("minCompared", Text(parse.GetValue(_compared))),
            ("maxUndetermined", Text(parse.GetValue(_undetermined))),
            ("noNewGroups", parse.GetValue(_groups) ? "true" : null),
            ("maxP95Ratio", Text(parse.GetValue(_ratio))),
        ];
        var given = all.Where(each => each.Value is not null).Select(each => $"{each.Name}={each.Value}").ToList();
        return given.Count == 0 ? "" : $"?{string.Join('&', given)}";
    }

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static Option<double?> Percent(string name, string description, Func<double, bool> isLegal) => Create(
        name, description, "PERCENT", "such as 0.1%",
        text => text.EndsWith('%') && Parse(text[..^1]) is { } percent && isLegal(percent / 100) ? percent / 100 : null);

    private static Option<double?> Number(string name, string description, string help, Func<double, bool> isLegal) => Create(
        name, description, help, "a number within its range",
        text => Parse(text) is { } number && isLegal(number) ? number : null);

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Option<double?> Create(string name, string description, string help, string expected, Func<string, double?> parse) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (parse(text) is { } value) return value;
            result.AddError($"{name} is '{text}', but must be {expected}. {description}");
            return null;
        },
    };
}
