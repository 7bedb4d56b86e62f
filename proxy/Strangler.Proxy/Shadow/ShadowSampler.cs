using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Picks the requests that are copied. A unit is in or out as a whole, in all capabilities alike, so that a shopper's whole way is
/// seen; requests without a unit are counted, so that exactly the share is taken, evenly spread.
/// </summary>
internal sealed class ShadowSampler
{
    // Another place in hash space than the buckets that decide who is on the new side.
    private const string Seed = "shadow";

    private readonly ConcurrentDictionary<string, StrongBox<long>> _anonymous = new(StringComparer.Ordinal);

    /// <summary>True if the request is in the sample.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="sample">Share of the requests, 0 to 1.</param>
    /// <param name="unit">The unit of the request; empty for nobody.</param>
    public bool Takes(string capability, double sample, ReadOnlySpan<char> unit)
    {
        if (!unit.IsEmpty && unit.Length <= Bucket.MaxUnitLength) return Bucket.Of(unit, Seed) < Bucket.Edge(sample * 100);
        var count = Interlocked.Increment(ref _anonymous.GetOrAdd(capability, static _ => new StrongBox<long>()).Value);
        return Math.Floor(count * sample) > Math.Floor((count - 1) * sample);
    }
}
