using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Features;

/// <summary>Whom the guard asks about.</summary>
/// <param name="Unit">The unit; empty for a client without identity.</param>
/// <param name="Groups">Its groups.</param>
internal sealed record GuardSample(string Unit, IReadOnlyList<string> Groups)
{
    private const int Seed = 36;
    private const int Random = 1000;
    private const int MaxNamed = 100;
    private const string Letters = "abcXYZ0189-_.~ äöüßéñ漢字🛒%\t";

    private static readonly GuardSample[] Always =
    [
        .. ((string[])["", "user-36", " ", new string('\uFFFD', Bucket.MaxUnitLength)]).Select(unit => new GuardSample(unit, [])),
        .. Made(),
    ];

    /// <summary>The same thousand units always, and who is named in the state: each alone, and in each group and in two at once.</summary>
    public static IEnumerable<GuardSample> Of(CapabilityState state)
    {
        string[] groups = [.. state.Exclude.Groups.Concat(state.Include.Groups).Where(g => !g.Contains(',')).Take(MaxNamed)];
        string[] units = [.. state.Exclude.Units.Take(MaxNamed), .. state.Include.Units.Take(MaxNamed)];
        return
        [
            .. Always,
            .. units.Select(unit => new GuardSample(unit, [])),
            .. units.Take(1).SelectMany(unit => groups.Select(group => new GuardSample(unit, [group]))),
            .. groups.Select((group, i) => new GuardSample(Anybody(i), [group])),
            .. groups.Zip(groups.Reverse()).Select((pair, i) => new GuardSample(Anybody(i), ["nobody's", pair.First, pair.Second])),
        ];
    }

    // Never nobody: groups count only beside a unit.
    private static string Anybody(int number) => Always[^(1 + (number % Random))].Unit;

    private static IEnumerable<GuardSample> Made()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Random; i++)
        {
            var length = i % 100 == 0 ? Bucket.MaxUnitLength : random.Next(1, 40);
            yield return new GuardSample(new string([.. Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)])]), []);
        }
    }
}
