using Strangler.Core.Adapters;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// Finds aggregates of the target that no aggregate of the source leads to. A key of the target cannot be turned back, and all keys would not fit
/// into memory; so both sides add up their keys in partitions, and only keys of partitions whose sums differ are looked at one by one.
/// </summary>
internal sealed class StrayFinder(BothSides sides, StreamWatermark watermark, ReconTables tables, SyncOptions options, CompareJob job)
{
    private const int Partitions = 4096;
    private const int Page = 20_000;
    private const int MaxStrays = 10_000;
    private const int Rounds = 2;

    /// <summary>Reports them.</summary>
    /// <param name="expected">The keys that the comparison has found in the target.</param>
    /// <param name="aligned">The target, when both stores are seen at one instant; else null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many aggregates the target has.</returns>
    public async Task<long> FindAsync(KeySum expected, SnapshotReader? aligned, CancellationToken cancellation)
    {
        if (sides.Target.Root is null)
        {
            return 0;
        }

        var found = new KeySum[Partitions];
        await WalkTargetAsync((hash, _) => found[hash % Partitions] = found[hash % Partitions].With(hash), cancellation);
        var all = found.Aggregate(default(KeySum), (left, right) => left + right);
        HashSet<object> strays = [.. await sides.Target.OrphansAsync(MaxStrays, cancellation)];
        if (all != expected)
        {
            var wanted = new KeySum[Partitions];
            await WalkSourceAsync((hash, _) => wanted[hash % Partitions] = wanted[hash % Partitions].With(hash), cancellation);
            await WalkTargetAsync(
                (hash, key) =>
                {
                    if (found[hash % Partitions] != wanted[hash % Partitions] && strays.Count < MaxStrays)
                    {
                        strays.Add(key);
                    }
                },
                cancellation);
        }

        await WithoutThoseOfSourceAsync(strays, cancellation);
        await SettleAsync(strays, aligned, cancellation);
        await ReportAsync(strays, aligned, cancellation);
        return all.Count;
    }

    private async Task SettleAsync(HashSet<object> strays, SnapshotReader? aligned, CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds && strays.Count > 0 && aligned is null; round++)
        {
            // Deleted in the source a moment ago: the stream is about to delete it here.
            if (!await watermark.PassesNowAsync(options.CompareSettle, cancellation))
            {
                break;
            }

            var rows = await sides.Target.ReadAsync([.. strays], cancellation);
            strays.RemoveWhere(key => sides.Target.WithoutDeleted(rows.GetValueOrDefault(key)) is null);
            await WithoutThoseOfSourceAsync(strays, cancellation);
        }
    }

    private async Task ReportAsync(HashSet<object> strays, SnapshotReader? aligned, CancellationToken cancellation)
    {
        if (strays.Count == 0)
        {
            return;
        }

        var origins = await OriginsAsync(strays, cancellation);
        var waiting = await tables.WaitingAsync(sides.Mapping.Entity, [.. origins.Values], cancellation, aligned);
        foreach (var stray in strays)
        {
            var entity = sides.Mapping.Entity;
            job.Found(origins.TryGetValue(stray, out var key)
                ? new DataDifference(entity, key, waiting.GetValueOrDefault(key, FindingKinds.Extra), [])
                : new DataDifference(entity, AggregateKey.Format(stray), FindingKinds.Stray, []));
        }
    }

    /// <summary>The source's keys of strays, as far as they have once been applied.</summary>
    private async Task<Dictionary<object, string>> OriginsAsync(HashSet<object> strays, CancellationToken cancellation)
    {
        var origins = new Dictionary<object, string>();
        var after = "";
        while (true)
        {
            var page = await tables.AppliedAsync(sides.Mapping.Entity, after, Page, cancellation);
            foreach (var key in page)
            {
                var target = sides.TargetKey(key);
                if (strays.Contains(target))
                {
                    origins[target] = key;
                }
            }

            if (page.Count < Page)
            {
                return origins;
            }

            after = page[^1];
        }
    }

    private Task WithoutThoseOfSourceAsync(HashSet<object> strays, CancellationToken cancellation) =>
        strays.Count == 0 ? Task.CompletedTask : WalkSourceAsync((_, key) => strays.Remove(key), cancellation);

    private Task WalkSourceAsync(Action<ulong, object> visit, CancellationToken cancellation) => WalkAsync(
        sides.Source.KeysAsync, key => sides.TargetKey(AggregateKey.Format(key)), visit, cancellation);

    private Task WalkTargetAsync(Action<ulong, object> visit, CancellationToken cancellation) =>
        WalkAsync(sides.Target.KeysAsync, sides.Target.Key, visit, cancellation);

    private async Task WalkAsync(
        Func<object?, int, CancellationToken, Task<IReadOnlyList<object>>> read, Func<object, object> targetKey, Action<ulong, object> visit, CancellationToken cancellation)
    {
        object? after = null;
        while (true)
        {
            var page = await read(after, Page, cancellation);
            foreach (var key in page.Select(targetKey))
            {
                visit(KeySum.Hash(key), key);
            }

            if (page.Count < Page)
            {
                return;
            }

            after = page[^1];
            await Task.Delay(options.ComparePause, cancellation);
        }
    }
}
