using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Picks the requests that are copied. A unit is in or out as a whole, in all capabilities alike, so that a shopper's whole way is
/// seen; requests without a unit are counted, so that exactly the share is taken, evenly spread.
/// </summary>
internal sealed class ShadowSampler
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _anonymous = new(StringComparer.Ordinal);

    /// <summary>True if the request is in the sample.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="sample">Share of the requests, 0 to 1.</param>
    /// <param name="unit">Whether the unit of the request is in; null for nobody.</param>
    public bool Takes(string capability, double sample, UnitSample? unit)
    {
        if (unit is not null) return unit.IsIn;
        var count = Interlocked.Increment(ref _anonymous.GetOrAdd(capability, static _ => new StrongBox<long>()).Value);
        return Math.Floor(count * sample) > Math.Floor((count - 1) * sample);
    }
}
