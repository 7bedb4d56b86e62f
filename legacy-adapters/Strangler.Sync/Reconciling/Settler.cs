using Strangler.Core.Adapters;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// Judges aggregates that differed when they were read: each is read again after the stream has passed that moment, and is different only when
/// neither side has moved meanwhile, twice. So traffic gives no false alarm.
/// </summary>
internal sealed class Settler(BothSides sides, StreamWatermark watermark, ReconTables tables, SyncOptions options, CompareJob job)
{
    private const int Rounds = 8;
    private const int StableRounds = 2;

    /// <summary>Reports those that differ.</summary>
    /// <param name="suspects">Aggregates that differed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The keys of those that are not known to be equal.</returns>
    public async Task<IReadOnlyList<string>> SettleAsync(IReadOnlyList<ComparedAggregate> suspects, CancellationToken cancellation)
    {
        var open = suspects.ToDictionary(suspect => suspect.Key, suspect => (Seen: suspect, Stable: 0), StringComparer.Ordinal);
        var findings = new Dictionary<string, DataDifference>(StringComparer.Ordinal);
        var follows = true;
        for (var round = 0; round < Rounds && open.Count > 0; round++)
        {
            follows = await watermark.PassesNowAsync(options.CompareSettle, cancellation);
            if (!follows)
            {
                break;
            }

            foreach (var now in await sides.ReadAgainAsync([.. open.Keys], cancellation))
            {
                var (before, stable) = open[now.Key];
                var moved = before.WantedHash != now.WantedHash || before.FoundHash != now.FoundHash || before.Unmappable != now.Unmappable;
                open[now.Key] = (now, moved ? 0 : stable + 1);
                if (now.AreEqual)
                {
                    open.Remove(now.Key);
                }
                else if (!moved && stable + 1 >= StableRounds)
                {
                    open.Remove(now.Key);
                    findings.Add(now.Key, Difference(now));
                }
            }
        }

        foreach (var key in open.Keys)
        {
            findings.Add(key, new DataDifference(sides.Mapping.Entity, key, follows ? FindingKinds.Changing : FindingKinds.Unsettled, []));
        }

        return await ReportAsync(findings, cancellation);
    }

    /// <summary>Reports aggregates that were read at one instant in both stores, where there is nothing to wait for.</summary>
    /// <param name="suspects">Aggregates that differed.</param>
    /// <param name="instant">The target at that instant: what waited then may have been brought over by now.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<IReadOnlyList<string>> JudgeAsync(IReadOnlyList<ComparedAggregate> suspects, SnapshotReader instant, CancellationToken cancellation) =>
        ReportAsync(suspects.ToDictionary(suspect => suspect.Key, Difference, StringComparer.Ordinal), cancellation, instant);

    private async Task<IReadOnlyList<string>> ReportAsync(
        Dictionary<string, DataDifference> findings, CancellationToken cancellation, SnapshotReader? instant = null)
    {
        // Asked last: what the engine gave up or put off meanwhile is told apart too.
        var known = await tables.WaitingAsync(sides.Mapping.Entity, [.. findings.Keys], cancellation, instant);
        foreach (var (key, finding) in findings)
        {
            job.Found(known.TryGetValue(key, out var kind) ? finding with { Kind = kind } : finding);
        }

        return [.. findings.Keys];
    }

    private DataDifference Difference(ComparedAggregate aggregate)
    {
        var kind = aggregate switch
        {
            { Unmappable: true } => FindingKinds.Unmappable,
            { Found: null } => FindingKinds.Missing,
            { Wanted: null } => FindingKinds.Extra,
            _ => FindingKinds.Changed,
        };
        var fields = kind == FindingKinds.Unmappable ? [] : FieldDifferences.Of(sides.Mapping, aggregate);
        return new DataDifference(sides.Mapping.Entity, aggregate.Key, kind, fields);
    }
}
