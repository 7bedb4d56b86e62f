using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Shadow.Sampling;

/// <summary>
/// Picks the requests that are copied. A unit is in or out as a whole, in all capabilities alike, so that a shopper's whole way is
/// seen; requests without a unit are counted, so that exactly the share is taken, evenly spread. Beyond the share, the first requests of each
/// operation in each hour are taken, so that a rare one is seen at all. Allocates nothing.
/// </summary>
internal sealed class ShadowSampler(TimeProvider time)
{
    private const long SecondsPerHour = 3600;

    private readonly ConcurrentDictionary<string, StrongBox<long>> _anonymous = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WindowCounter> _firsts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WindowCounter> _rates = new(StringComparer.Ordinal);

    /// <summary>True if the request is in the sample, or among the first of its operation in this hour.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="unit">Whether the unit of the request is in; null for nobody.</param>
    public bool Takes(OperationPlan operation, UnitSample? unit)
    {
        var capability = operation.Capability.Rules;
        var isFirst = _firsts.GetOrAdd(operation.Id, static _ => new WindowCounter()).TryTake(Now() / SecondsPerHour, capability.Shadow.Floor);
        return IsInSample(capability, unit) || isFirst;
    }

    /// <summary>True if one more copy of the capability fits into this second.</summary>
    public bool HasRoom(CapabilityRules capability) =>
        _rates.GetOrAdd(capability.Name, static _ => new WindowCounter()).TryTake(Now(), capability.Shadow.MaxRate);

    private bool IsInSample(CapabilityRules capability, UnitSample? unit)
    {
        if (unit is not null) return unit.IsIn;
        var (sample, count) = (capability.Shadow.Sample, Interlocked.Increment(ref _anonymous.GetOrAdd(capability.Name, static _ => new StrongBox<long>()).Value));
        return Math.Floor(count * sample) > Math.Floor((count - 1) * sample);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
