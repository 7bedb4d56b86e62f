using Strangler.Core.Admin;
using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Proxy.Shadow;

/// <summary>The counts of one capability since the edge has started.</summary>
internal sealed class CapabilityEvidence(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly long[] _skips = new long[Enum.GetValues<SkipReason>().Length];
    private readonly RecentWindow _recent = new();

    public void Count(Outcome outcome)
    {
        lock (_lock)
        {
            _outcomes[(int)outcome]++;
            if (outcome is not (Outcome.Equal or Outcome.Different)) return;
            _recent.Add(time.GetUtcNow(), outcome == Outcome.Equal);
        }
    }

    // Outside the lock: requests count their skips, and they wait for nothing.
    public void Count(SkipReason reason) => Interlocked.Increment(ref _skips[(int)reason]);

    public ShadowStatus Snapshot()
    {
        lock (_lock)
        {
            var (equal, different) = (_outcomes[(int)Outcome.Equal], _outcomes[(int)Outcome.Different]);
            var recent = _recent.Read(time.GetUtcNow());
            return new ShadowStatus(
                equal + different,
                equal,
                different,
                _outcomes[(int)Outcome.Stale],
                _outcomes[(int)Outcome.Undetermined],
                Skips(),
                RateOf(equal, different),
                RateOf(recent.Equal, recent.Different),
                recent.Equal + recent.Different);
        }
    }

    private Dictionary<string, long> Skips() => Enum.GetValues<SkipReason>()
        .Select(reason => (Name: KebabNames<SkipReason>.Of(reason), Count: Interlocked.Read(ref _skips[(int)reason])))
        .Where(skip => skip.Count > 0)
        .ToDictionary(skip => skip.Name, skip => skip.Count, StringComparer.Ordinal);

    private static double? RateOf(long equal, long different) => equal + different == 0 ? null : equal / (double)(equal + different);
}
