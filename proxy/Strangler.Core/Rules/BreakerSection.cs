using System.Globalization;
using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>Reads when a side of a capability is left in peace.</summary>
internal static class BreakerSection
{
    private const int MostResults = 100_000;

    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(5);

    public static BreakerRules Read(Section capability, DiagnosticBag bag)
    {
        var defaults = BreakerRules.Default;
        if (capability.OptionalSection("breaker") is not { } section) return defaults;
        var results = bag.Plain(section.Optional("min-results"), "'min-results'", $"a whole number from 1 to {MostResults.ToString("N0", CultureInfo.InvariantCulture)}", Results);
        var ratio = bag.Parse(section.Optional("ratio"), "'ratio'", "a percentage above 0% and at most 100%", Ratio, Scalars.PercentHint);
        var excess = bag.Percent(section.Optional("excess"), "'excess'");
        var window = bag.Parse(section.Optional("window"), "'window'", "a duration from 1s to 5m", Window);
        var pause = bag.Parse(section.Optional("pause"), "'pause'", "a duration such as 500ms or 5s", Scalars.Duration);
        var recover = bag.Parse(section.Optional("recover"), "'recover'", "a duration such as 10s or 1m", Scalars.Duration);
        section.Close();
        return new BreakerRules(
            results ?? defaults.MinResults, ratio ?? defaults.Ratio, excess ?? defaults.Excess, window ?? defaults.Window, pause ?? defaults.Pause,
            recover ?? defaults.Recover);
    }

    private static int? Results(string text) => Scalars.PositiveInteger(text) is <= MostResults and var number ? number : null;

    private static double? Ratio(string text) => Scalars.Percent(text) is > 0 and var value ? value : null;

    private static TimeSpan? Window(string text) => Scalars.Duration(text) is { } span && span >= ShortestWindow && span <= LongestWindow ? span : null;
}
