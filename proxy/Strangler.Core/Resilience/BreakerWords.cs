using System.Globalization;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Core.Resilience;

/// <summary>Says what a breaker does and why, in one sentence with its numbers.</summary>
public static class BreakerWords
{
    /// <summary>The sentence, without a full stop; null when there is nothing to say because it is closed.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="side">Whose breaker it is.</param>
    /// <param name="reading">What it is.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="isolated">Whether an operator holds it open.</param>
    public static string? Of(string capability, Side side, BreakerReading reading, BreakerRules rules, bool isolated)
    {
        var name = RouteDecision.ToName(side);
        if (isolated) return $"breaker of {name} isolated by an operator; to end that: strangler breaker reset {capability}{(side == Side.New ? "" : " --side legacy")}";
        if (reading is not { Since: { } since, Trip: { } trip }) return null;
        var why = Why(side, trip, rules);
        return reading.State == BreakerState.Open
            ? $"breaker of {name} open for {Seconds(since)}: {why}; next try in {Seconds(Ceiling(reading.NextTry ?? TimeSpan.Zero))}"
            : $"breaker of {name} half-open, opened {Seconds(since)} ago: {why}; {Percent(reading.Admitted)} of the units let in again, {reading.Probes.Total - reading.Probes.Failed} of {reading.Probes.Total} tries succeeded";
    }

    /// <summary>A share in whole percent: <c>93 %</c>.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100, MidpointRounding.AwayFromZero):0} %");

    private static string Why(Side side, BreakerTrip trip, BreakerRules rules)
    {
        var other = RouteDecision.ToName(side == Side.New ? Side.Legacy : Side.New);
        return trip.Own.Total == 0
            ? "tries were not answered in time"
            : $"{trip.Own.Failed} of {trip.Own.Total} requests failed in {Seconds(rules.Window)} ({Percent(trip.Own.Ratio)}, limit {Percent(rules.Ratio)}), {other} {trip.Other.Failed} of {trip.Other.Total}";
    }

    private static TimeSpan Ceiling(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));

    private static string Seconds(TimeSpan time) => time.TotalSeconds switch
    {
        < 120 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds):0} s"),
        < 7200 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):0} h"),
    };
}
