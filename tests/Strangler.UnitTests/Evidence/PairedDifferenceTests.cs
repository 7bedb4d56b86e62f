using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class PairedDifferenceTests
{
    private const double Confidence = 0.95;

    // Every outcome of 40 requests, with its exact probability: the bound holds in at least 95 % for every true pair of shares.
    [Fact]
    public void Upper_EveryOutcomeOfFortyRequests_KeepsItsConfidence()
    {
        const int requests = 40;
        var outcomes = (from b in Enumerable.Range(0, requests + 1)
                        from c in Enumerable.Range(0, requests + 1 - b)
                        select (b, c, bound: PairedDifference.Upper(new PairedCounts(requests, b, c, 0), Confidence), ways: LogWays(requests, b, c))).ToList();
        double[] shares = [0.001, 0.01, 0.03, 0.1, 0.2, 0.3, 0.45];
        foreach (var (onNew, onLegacy) in shares.SelectMany(n => shares.Select(l => (n, l))))
        {
            var kept = outcomes.Where(o => o.bound >= onNew - onLegacy)
                .Sum(o => Math.Exp(o.ways + (o.b * Math.Log(onNew)) + (o.c * Math.Log(onLegacy)) + ((requests - o.b - o.c) * Math.Log(1 - onNew - onLegacy))));

            kept.ShouldBeGreaterThanOrEqualTo(Confidence, $"only on new {onNew}, only on legacy {onLegacy}");
        }
    }

    // The large-sample (Wald) bound is the narrowest there is; the exact one needs at most half again as many requests.
    [Theory]
    [InlineData(100_000, 1_000, 1_000)]
    [InlineData(1_000_000, 20_000, 20_000)]
    [InlineData(1_000_000, 300_000, 300_000)]
    public void Upper_NoiseAlone_IsCloseToTheLargeSampleBound(long requests, long newOnly, long legacyOnly)
    {
        var wald = 1.6448536 * Math.Sqrt(newOnly + legacyOnly) / requests;

        PairedDifference.Upper(new PairedCounts(requests, newOnly, legacyOnly, 0), Confidence).ShouldBeInRange(wald, wald * Math.Sqrt(1.5));
    }

    // A request id is different in every answer: it differs on both sides always, and 1 - 0.0125^(1/n) is left.
    [Fact]
    public void Upper_AlwaysOnBoth_FallsWithTheRequests()
    {
        PairedDifference.Upper(new PairedCounts(300, 0, 0, 300), Confidence).ShouldBe(1 - Math.Pow(0.0125, 1 / 300.0), 1e-9);
        PairedDifference.Upper(new PairedCounts(3000, 0, 0, 3000), Confidence).ShouldBe(1 - Math.Pow(0.0125, 1 / 3000.0), 1e-9);
    }

    [Fact]
    public void Upper_LegacyDiffersMoreOften_IsZero() =>
        PairedDifference.Upper(new PairedCounts(1000, 10, 90, 0), Confidence).ShouldBe(0);

    [Fact]
    public void Upper_NothingSeen_IsOne() => PairedDifference.Upper(default, Confidence).ShouldBe(1);

    private static double LogWays(int n, int b, int c) => LogFactorial(n) - LogFactorial(b) - LogFactorial(c) - LogFactorial(n - b - c);

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));
}
