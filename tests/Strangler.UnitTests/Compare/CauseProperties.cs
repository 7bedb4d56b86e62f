using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>A sentence is never untrue: what it claims is checked against the raw values, which the tally does not keep.</summary>
public sealed class CauseProperties
{
    [Fact]
    public void Sentence_AnyNumbers_HoldsForAsManyAsItSays() => ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        var pairs = Pairs(random);
        var (whole, half) = (new CauseTally(), new CauseTally());
        foreach (var (index, pair) in pairs.Index())
            (index % 2 == 0 ? whole : half).Add(CauseTests.Changed(CauseTests.Text(pair.Legacy), CauseTests.Text(pair.New)));
        whole.Merge(half);

        whole.Count.ShouldBe(pairs.Count);
        if (whole.Sentence is not { } sentence) return;
        var words = sentence.Split(' ', 4);
        var claimed = int.Parse(words[0], CultureInfo.InvariantCulture);
        if (Holds(words[3]) is { } holds) pairs.Count(holds).ShouldBeGreaterThanOrEqualTo(claimed, sentence);
    });

    [Fact]
    public void Sentence_OneFactorWithRounding_IsFound() => ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        var factor = (101 + random.Next(400)) / 100m;
        var tally = new CauseTally();
        for (var i = 0; i < 30; i++)
        {
            var legacy = (5_000 + random.Next(200_000)) / 100m;
            tally.Add(CauseTests.Changed(CauseTests.Text(legacy), CauseTests.Text(Math.Round(legacy * factor, 2, MidpointRounding.AwayFromZero))));
        }

        tally.Sentence.ShouldNotBeNull().ShouldStartWith($"30 of 30 equal to legacy x {factor.ToString("0.##", CultureInfo.InvariantCulture)}");
    });

    [Fact]
    public void Merge_ATallyThatWasWritten_SaysTheSame() => ForAllSeeds(seed =>
    {
        var tally = new CauseTally();
        foreach (var (legacy, @new) in Pairs(new Random(seed))) tally.Add(CauseTests.Changed(CauseTests.Text(legacy), CauseTests.Text(@new)));

        CauseTally.TryParse(tally.ToText(), out var read).ShouldBeTrue();
        (read!.Count, read.Sentence, read.ToText()).ShouldBe((tally.Count, tally.Sentence, tally.ToText()));
        var merged = new CauseTally();
        merged.Merge(read);
        (merged.Count, merged.Sentence).ShouldBe((tally.Count, tally.Sentence));
    });

    // Some lists have a cause, some two, some none.
    private static List<(decimal Legacy, decimal New)> Pairs(Random random)
    {
        var scale = random.Next(4);
        var (factor, distance, noise) = (random.Next(1, 300) / 100m, random.Next(-300, 300) / 100m, random.Next(3));
        var mode = random.Next(4);
        return [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => One()).Where(pair => pair.Item1 != pair.Item2)];

        (decimal, decimal) One()
        {
            var legacy = random.Next(1, random.Next(2, 100_000)) / new[] { 1m, 10m, 100m, 10_000m }[random.Next(4)];
            if (random.Next(10) < noise) return (legacy, random.Next(1, 1_000));
            return (legacy, mode switch
            {
                0 => Math.Round(legacy * factor, scale),
                1 => legacy + distance,
                2 => Math.Round(legacy, scale),
                _ => Math.Round(legacy, scale, MidpointRounding.ToZero),
            });
        }
    }

    private static Func<(decimal Legacy, decimal New), bool>? Holds(string text)
    {
        var words = text.Split(' ');
        decimal Number(int at) => decimal.Parse(words[at].TrimEnd(','), CultureInfo.InvariantCulture);
        if (text.EndsWith(", rounded", StringComparison.Ordinal)) return pair => Math.Abs((pair.Legacy * Number(4)) - pair.New) * 2 <= Unit(pair.New);
        if (text.StartsWith("equal to legacy x", StringComparison.Ordinal)) return pair => pair.Legacy * Number(4) == pair.New;
        if (text.StartsWith("equal to legacy +", StringComparison.Ordinal)) return pair => pair.New - pair.Legacy == Number(4);
        if (text.StartsWith("equal to legacy -", StringComparison.Ordinal)) return pair => pair.Legacy - pair.New == Number(4);
        if (text.StartsWith("equal to legacy rounded", StringComparison.Ordinal)) return pair => IsNear(pair.Legacy, pair.New, (int)Number(5));
        if (text.StartsWith("finer", StringComparison.Ordinal)) return pair => IsNear(pair.New, pair.Legacy, (int)Number(7));
        if (text.StartsWith("equal to legacy cut", StringComparison.Ordinal))
            return pair => Math.Round(pair.Legacy, (int)Number(6), MidpointRounding.ToZero) == pair.New;
        return null;
    }

    private static bool IsNear(decimal from, decimal to, int digits) => Math.Round(from, digits) == to || Math.Round(from, digits, MidpointRounding.AwayFromZero) == to;

    private static decimal Unit(decimal value) => new(1, 0, 0, false, value.Scale);

    private static void ForAllSeeds(Action<int> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), check).Check(Seeded.Config);
}
