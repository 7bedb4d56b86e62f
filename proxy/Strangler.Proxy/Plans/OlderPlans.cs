using Strangler.Core.Admin;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>The plans that are no longer in force and still have requests on the new side.</summary>
internal sealed class OlderPlans(TimeProvider time)
{
    /// <summary>Longest wait, after a change that lowers, for requests that older plans still have on the new side.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(2);

    private IReadOnlyList<CapabilityPlan> _plans = [];

    /// <summary>What is still under way; a plan that has just been replaced stands in it even when nothing is.</summary>
    public IReadOnlyList<CapabilityPlan> Current => Volatile.Read(ref _plans);

    /// <summary>Remembers a plan that is about to be replaced; only one caller at a time.</summary>
    public void Add(Plan replaced) => Volatile.Write(ref _plans, [.. _plans.Where(c => Busy(c) > 0), .. replaced.Capabilities]);

    /// <summary>What an edge says of itself.</summary>
    public EdgeReport Report(string edge, long plan, string? refused, IReadOnlyList<string> overrides)
    {
        var (oldest, count) = (plan, 0L);
        foreach (var older in Current)
        {
            if (Busy(older) is not (> 0 and var busy)) continue;
            oldest = Math.Min(oldest, older.PlanNumber);
            count += busy;
        }

        return new EdgeReport(edge, plan, oldest, count, refused, overrides, 0);
    }

    /// <summary>
    /// Waits until none of the capabilities' older requests is on the new side, at most <see cref="DrainLimit"/>. Not for connections that live long:
    /// a WebSocket would make every kill wait to no end, and is ended in its own time.
    /// </summary>
    /// <returns>How many still are.</returns>
    public async Task<long> DrainAsync(IReadOnlyList<string> capabilities, CancellationToken cancel)
    {
        var replaced = Current.Where(c => capabilities.Contains(c.Rules.Name, StringComparer.Ordinal)).ToList();
        var started = time.GetTimestamp();
        while (true)
        {
            var left = replaced.Sum(c => (long)c.OnNewSide.Count);
            if (left == 0 || time.GetElapsedTime(started) > DrainLimit) return left;
            await Task.Delay(DrainPoll, time, cancel);
        }
    }

    private static int Busy(CapabilityPlan capability) => capability.OnNewSide.Count + capability.LongLivedOnNewSide.Count;
}
