using Strangler.Core.Gates;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>What is known of a capability over the last hour, for its gate and for the audit log.</summary>
internal sealed class EvidenceReader(ShadowEvidence shadow, EdgeMetrics metrics, WatermarkClient watermarks)
{
    public GateEvidence Of(string capability)
    {
        var (equal, different) = shadow.LastHour(capability);
        var counters = metrics.Of(capability);
        return new GateEvidence(
            equal + different,
            different,
            counters.Legacy.P95OfTheHour?.TotalMilliseconds,
            counters.New.P95OfTheHour?.TotalMilliseconds)
        {
            LagSeconds = watermarks.Current?.LagOf(capability),
        };
    }
}
