using Strangler.Core.Adapters;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>Compares one kind of aggregate: range by range, then what the target has too much.</summary>
/// <param name="sides">Both stores.</param>
/// <param name="settler">Judges what differs.</param>
/// <param name="strays">Finds what the target has too much.</param>
/// <param name="buckets">The ranges.</param>
/// <param name="options">Page size and pause.</param>
/// <param name="job">Takes progress and findings.</param>
/// <param name="clock">The clock.</param>
internal sealed class EntityComparer(
    BothSides sides, Settler settler, StrayFinder strays, BucketList buckets, SyncOptions options, CompareJob job, TimeProvider clock)
{
    private readonly List<ComparedAggregate> _suspects = [];
    private readonly List<string> _findings = [];
    private KeySum _found;
    private long _count;
    private int _ranges;
    private int _read;
    private DateTimeOffset? _unchangedSince;

    /// <summary>Compares.</summary>
    /// <param name="previous">The ranges of the comparison before, of which unchanged ones are not read; null to read all.</param>
    /// <param name="aligned">The target, when both stores are seen at one instant; else null.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<Bucket>? previous, SnapshotReader? aligned, CancellationToken cancellation)
    {
        var before = job.Findings();
        buckets.Begin();
        try
        {
            foreach (var bucket in previous ?? [new Bucket(default) { IsDirty = true }])
            {
                if (buckets.TryKeep(bucket))
                {
                    Count(bucket);
                    _unchangedSince = _unchangedSince is { } since && since < bucket.ComparedAt ? since : bucket.ComparedAt;
                }
                else
                {
                    await ReadAsync(bucket.Range, aligned, cancellation);
                }
            }

            await JudgeAsync(aligned, cancellation);
            var target = await strays.FindAsync(_found, aligned, cancellation);
            buckets.End(clock.GetUtcNow(), swept: previous is null);
            // What is not known to be equal is looked at again the next time.
            buckets.MarkDirty(_findings);
            job.Compared(new EntityComparison(
                sides.Mapping.Entity, _count, target, _ranges, _read, _unchangedSince, job.Findings() - before));
        }
        catch
        {
            buckets.Abandon();
            throw;
        }
    }

    private async Task ReadAsync(KeyRange range, SnapshotReader? aligned, CancellationToken cancellation)
    {
        var after = range.After;
        while (true)
        {
            var at = clock.GetUtcNow();
            buckets.Open();
            var page = await sides.Source.PageAsync(new KeyRange(after, range.To), options.ComparePage, cancellation);
            var compared = await sides.CompareAsync(page, cancellation);
            object? last = page.Count == 0 ? null : AggregateKey.Parse(page[^1].Key, sides.Mapping.KeyType);
            var isLast = page.Count < options.ComparePage || Equals(last, range.To);
            var to = isLast ? range.To : last;
            var bucket = new Bucket(new KeyRange(after, to))
            {
                Count = page.Count,
                Sum = compared.Aggregate(default(UInt128), (sum, aggregate) => sum + aggregate.WantedHash),
                Found = FoundOf(compared),
                ComparedAt = at,
            };
            buckets.Close(bucket);
            Count(bucket);
            _read++;
            job.Advance(page.Count);
            _suspects.AddRange(compared.Where(aggregate => !aggregate.AreEqual));
            if (_suspects.Count >= options.ComparePage)
            {
                await JudgeAsync(aligned, cancellation);
            }

            if (isLast)
            {
                return;
            }

            after = to;
            await Task.Delay(options.ComparePause, clock, cancellation);
        }
    }

    private KeySum FoundOf(IReadOnlyList<ComparedAggregate> compared)
    {
        var found = default(KeySum);
        foreach (var aggregate in compared)
        {
            if (sides.Target.Exists(aggregate.Found))
            {
                found = found.With(KeySum.Hash(aggregate.TargetKey));
            }
        }

        return found;
    }

    private void Count(Bucket bucket)
    {
        _ranges++;
        _count += bucket.Count;
        _found += bucket.Found;
    }

    private async Task JudgeAsync(SnapshotReader? aligned, CancellationToken cancellation)
    {
        if (_suspects.Count > 0)
        {
            _findings.AddRange(aligned is null ? await settler.SettleAsync(_suspects, cancellation) : await settler.JudgeAsync(_suspects, aligned, cancellation));
            _suspects.Clear();
        }
    }
}
