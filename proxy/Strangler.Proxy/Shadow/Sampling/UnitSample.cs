using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Shadow.Sampling;

/// <summary>Whether the unit of a request is in the sample of its capability. Kept with the request, so that the unit is read only once.</summary>
internal sealed class UnitSample
{
    private static readonly UnitSample In = new(true);
    private static readonly UnitSample Out = new(false);

    // Another place in hash space than the buckets that decide who is on the new side.
    private const string Seed = "shadow";

    private UnitSample(bool isIn) => IsIn = isIn;

    /// <summary>True when requests of the unit are copied.</summary>
    public bool IsIn { get; }

    /// <summary>In or out; null when the request names no unit or cannot be copied anyway. Allocates nothing.</summary>
    /// <param name="decision">The decision of the request.</param>
    /// <param name="unit">The unit; empty for nobody.</param>
    public static UnitSample? Of(RouteDecision decision, ReadOnlySpan<char> unit)
    {
        var capability = decision.Capability;
        if (decision.Side == Side.New || unit.IsEmpty || unit.Length > Bucket.MaxUnitLength) return null;
        if (!capability.Copies || !decision.Operation.MayCopy) return null;
        return Bucket.Of(unit, Seed) < capability.SampleEdge ? In : Out;
    }
}
