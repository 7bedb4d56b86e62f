using Microsoft.Extensions.Primitives;
using Strangler.Core.Model;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Edge;

/// <summary>
/// The rules as YARP sees them: each operation becomes two routes of the same pattern, one per side, and everything that no capability
/// claims goes to legacy.
/// </summary>
internal sealed class ProxyConfig : IProxyConfig, IDisposable
{
    public const string LegacyCluster = "legacy";

    /// <summary>Key of the operation's id in the metadata of both its routes.</summary>
    public const string OperationKey = "strangler.operation";

    /// <summary>Key of the path at the new side, in the metadata of the route that leads there.</summary>
    public const string NewPatternKey = "strangler.new";

    /// <summary>Key in the metadata of the routes of an operation whose requests must not be repeated, not even by a handler that lost its connection.</summary>
    public const string OnceKey = "strangler.once";

    /// <summary>Key in the metadata of the routes of an operation whose requests may have a deadline.</summary>
    public const string DeadlineKey = "strangler.deadline";

    private const int AfterOperations = 1;
    private readonly CancellationTokenSource _changed = new();
    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProxyConfig? _replaces;

    /// <summary>Makes the configuration of the rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="replaces">The configuration before; YARP may pass over it when another comes soon.</param>
    public ProxyConfig(RuleSet rules, ProxyConfig? replaces)
    {
        _replaces = replaces;
        ChangeToken = new CancellationChangeToken(_changed.Token);
        Routes = [.. rules.Capabilities.SelectMany(c => RoutesOf(c, c.Deadline is not null || rules.DeadlineHeader is not null)), EverythingElse];
        Clusters = [Cluster(LegacyCluster, rules.Legacy.Destinations, timeout: null, SideHealth.OfLegacy(rules.Legacy)), .. rules.Capabilities.Select(NewClusterOf)];
    }

    public IReadOnlyList<RouteConfig> Routes { get; }

    public IReadOnlyList<ClusterConfig> Clusters { get; }

    public IChangeToken ChangeToken { get; }

    /// <summary>Done when requests are routed by it, or by a later one.</summary>
    public Task Applied => _applied.Task;

    private static RouteConfig EverythingElse => new()
    {
        RouteId = "everything-else",
        ClusterId = LegacyCluster,
        Order = AfterOperations,
        Match = new RouteMatch { Path = "/{**rest}" },
    };

    public static string NewCluster(string capability) => $"new:{capability}";

    public static string RouteId(string operationId, Side side) => side == Side.New ? $"new {operationId}" : $"legacy {operationId}";

    /// <summary>Says that requests are routed by it, or, with an error, that they are not.</summary>
    public void MarkApplied(Exception? error)
    {
        if (error is null) _applied.TrySetResult();
        else _applied.TrySetException(new InvalidOperationException(error.Message, error));
        Interlocked.Exchange(ref _replaces, null)?.MarkApplied(error);
    }

    /// <summary>Tells YARP that there is a newer configuration.</summary>
    public void Expire() => _changed.Cancel();

    public void Dispose() => _changed.Dispose();

    private static IEnumerable<RouteConfig> RoutesOf(CapabilityRules capability, bool hasDeadline) =>
        from operation in capability.Operations
        from side in new[] { Side.Legacy, Side.New }
        select new RouteConfig
        {
            RouteId = RouteId(operation.Id, side),
            ClusterId = side == Side.New ? NewCluster(capability.Name) : LegacyCluster,
            Order = 0,
            Match = new RouteMatch
            {
                Path = operation.Pattern.Text,
                Methods = operation.Method == "GET" ? ["GET", "HEAD"] : [operation.Method],
            },
            Metadata = MetadataOf(operation, side, hasDeadline),
        };

    // Part of the route, so that YARP rebuilds the transforms when the rules change them.
    private static Dictionary<string, string> MetadataOf(OperationRules operation, Side side, bool hasDeadline)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [OperationKey] = operation.Id };
        if (operation.Semantics is Semantics.Keyed or Semantics.None) metadata[OnceKey] = bool.TrueString;
        if (hasDeadline) metadata[DeadlineKey] = bool.TrueString;
        if (side == Side.New) metadata[NewPatternKey] = operation.NewPattern.Text;
        return metadata;
    }

    private static ClusterConfig NewClusterOf(CapabilityRules capability) =>
        Cluster(NewCluster(capability.Name), capability.New.Destinations, capability.New.Timeout, SideHealth.OfNew(capability.New));

    private static ClusterConfig Cluster(string id, IReadOnlyList<Uri> destinations, TimeSpan? timeout, HealthCheckConfig? health) => new()
    {
        ClusterId = id,
        Destinations = destinations.ToDictionary(d => d.GetLeftPart(UriPartial.Authority), d => new DestinationConfig { Address = d.AbsoluteUri }, StringComparer.Ordinal),
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = timeout },
        HealthCheck = health,
    };
}
