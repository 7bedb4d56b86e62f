using Strangler.Core.Model;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Strangler.Proxy.Edge;

/// <summary>
/// How the health of destinations is found out. By what happens to requests only where a side has several: then one can be left out. To leave out
/// the only one would compete with the breaker, which knows better when to try again.
/// </summary>
internal static class SideHealth
{
    /// <summary>How often a destination is asked, and how long it may take; two failures in a row take it out, one success brings it back.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Transport failures are counted over this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Reactivation = TimeSpan.FromSeconds(10);

    /// <summary>Of a new side. With all destinations down there is none, and the fallback decides; YARP's default would go on sending to them.</summary>
    public static HealthCheckConfig OfNew(NewSideRules side) => new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
        Active = side.Health is { } path
            ? new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = Interval,
                Timeout = Timeout,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = path,
            }
            : null,
        Passive = Passive(side.Destinations.Count),
    };

    /// <summary>Of legacy: with all destinations down it is asked all the same, because nobody else can answer.</summary>
    public static HealthCheckConfig? OfLegacy(LegacyRules side) => Passive(side.Destinations.Count) is { } passive ? new HealthCheckConfig { Passive = passive } : null;

    /// <summary>When transport failures take a destination out: 30 % of at least 5 requests.</summary>
    public static void Configure(TransportFailureRateHealthPolicyOptions options)
    {
        options.DetectionWindowSize = Window;
        options.MinimalTotalCountThreshold = 5;
        options.DefaultFailureRateLimit = 0.3;
    }

    private static PassiveHealthCheckConfig? Passive(int destinations) => destinations < 2 ? null : new PassiveHealthCheckConfig
    {
        Enabled = true,
        Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
        ReactivationPeriod = Reactivation,
    };
}
