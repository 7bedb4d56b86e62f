using Shouldly;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>
/// A seeded load and seeded faults; afterwards every target is what its mapping makes of the source. The variable STRANGLER_SEED runs one seed
/// alone.
/// </summary>
public sealed class ConvergenceTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    private const int NightlySeeds = 200;

    [Fact]
    public Task Faults_FiveSeeds_NothingLostNothingDoubled() => RunAsync(ChaosSeed.Alone is { } seed ? [seed] : Seeds(FaultDeck.Seeds));

    [Fact(Explicit = true)]
    public Task Faults_TwoHundredSeeds_NothingLostNothingDoubled() => RunAsync(Seeds(NightlySeeds));

    private static IEnumerable<int> Seeds(int count) => Enumerable.Range(ChaosSeed.First, count);

    private async Task RunAsync(IEnumerable<int> seeds)
    {
        var faults = new Dictionary<FaultKind, int>();
        var work = new Dictionary<WorkKind, int>();
        var failures = new List<string>();
        var count = 0;
        foreach (var seed in seeds)
        {
            var run = new ChaosRun(clusters, seed);
            if (await FailureAsync(run) is { } failure)
            {
                // The other seeds still have something to say, and it may be something else.
                failures.Add($"STRANGLER_SEED={seed} repeats it: {failure}\n{run.Output[Math.Max(0, run.Output.Length - 20_000)..]}");
            }

            output.WriteLine(run.Summary);

            Add(faults, run.Faults);
            Add(work, run.Work);
            count++;
        }

        failures.ShouldBeEmpty();
        output.WriteLine($"faults: {Text(faults)}");
        output.WriteLine($"work: {Text(work)}");
        if (count >= FaultDeck.Seeds)
        {
            Enum.GetValues<FaultKind>().Where(kind => !faults.ContainsKey(kind)).ShouldBeEmpty();
            Enum.GetValues<WorkKind>().Where(kind => !work.ContainsKey(kind)).ShouldBeEmpty();
        }
    }

    private static async Task<string?> FailureAsync(ChaosRun run)
    {
        try
        {
            var violations = await run.RunAsync();
            return violations.Count == 0 ? null : string.Join('\n', violations);
        }
        catch (Exception e) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return e.ToString();
        }
    }

    private static void Add<TKind>(Dictionary<TKind, int> sums, IReadOnlyDictionary<TKind, int> more)
        where TKind : notnull
    {
        foreach (var (kind, count) in more)
        {
            sums[kind] = sums.GetValueOrDefault(kind) + count;
        }
    }

    private static string Text<TKind>(Dictionary<TKind, int> counts)
        where TKind : notnull => string.Join(", ", counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
}
