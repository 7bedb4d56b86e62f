using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Strangler.Core.Rules;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Proxy;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Admin.Events;
using Strangler.Proxy.Edge;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Resilience.LongLived;
using Strangler.Proxy.Resilience.RateLimits;
using Strangler.Proxy.Resilience.Stale;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Telemetry;
using Strangler.Proxy.Units;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the edge to a host.</summary>
public static class StranglerServiceCollectionExtensions
{
    // A backend that does not even accept a connection within this time is not going to answer in time.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds everything that <c>MapStrangler</c> needs, YARP included.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">What the host tells the edge.</param>
    public static IServiceCollection AddStrangler(this IServiceCollection services, StranglerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        return services.AddPlans(options).AddAdapters().AddEdge().AddShadow(options).AddManagement();
    }

    private static IServiceCollection AddPlans(this IServiceCollection services, StranglerOptions options) => services
        .AddSingleton(new RulesSource(
            options.Rules,
            new RulesOptions { Environment = options.RulesEnvironment, EdgeAddresses = [.. options.Addresses, options.Management] }))
        .AddSingleton(_ => new LocalState(options.State, options.Edge))
        .AddSingleton(provider => ControlStore(options, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ControlPlane>()
        .AddSingleton(provider => provider.GetRequiredService<ControlPlane>().Plans)
        .AddHostedService<PlanFollower>()
        .AddHostedService<KillFile>()
        .AddHostedService<EdgeReporter>();

    private static IControlStore ControlStore(StranglerOptions options, TimeProvider time)
    {
        if (options.ControlStore is not { } connectionString) return new FileControlStore(options.State, time);
        options.ControlStore = null;
        return new PostgresControlStore(connectionString, options.Edge);
    }

    private static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services
            .AddSingleton<EdgeMetrics>()
            .AddSingleton<DecisionHeader>()
            .AddSingleton<Refusal>()
            .AddSingleton<FallbackBudgets>()
            .AddSingleton<LegacyCapacity>()
            .AddSingleton<Fallbacks>()
            .AddSingleton<VisitorKeySource>()
            .AddSingleton<UnitReader>()
            .AddSingleton<VisitorAnswers>()
            .AddSingleton<OwnWriteCheck>()
            .AddSingleton<WriteRecorder>()
            .AddSingleton<RequestPlan>()
            .AddSingleton(Breakers)
            .AddSingleton(LoweringRule.Default)
            .AddHostedService<StageLowering>()
            .AddHostedService<BreakerMetrics>()
            .AddSingleton<UnitHeader>()
            .AddStale()
            .AddSingleton<SideDecider>()
            .AddSingleton<MatcherPolicy, SideMatcherPolicy>()
            .AddSingleton<ProxyConfigProvider>()
            .AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<ProxyConfigProvider>())
            .AddSingleton<IConfigChangeListener>(provider => provider.GetRequiredService<ProxyConfigProvider>())
            .AddHostedService<DestinationProbe>()
            .AddOverload();

        // YARP brings data protection along for session affinity, which we do not use: it shall not write keys to the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddReverseProxy()
            .AddTransforms<OperationTransforms>()
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = ConnectTimeout);
        return services;
    }

    private static BreakerBoard Breakers(IServiceProvider provider)
    {
        var control = provider.GetRequiredService<ControlPlane>();
        var board = new BreakerBoard(control.Plans.Current, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BreakerBoard>>());
        control.PlanChanged += (_, change) => board.Follow(change.Current);
        board.Follow(control.Plans.Current);
        return board;
    }

    private static IServiceCollection AddStale(this IServiceCollection services)
    {
        services.TryAddSingleton(new StaleOptions());
        return services.AddSingleton<StaleAnswers>().AddSingleton<StaleKeeper>();
    }

    private static IServiceCollection AddOverload(this IServiceCollection services) => services
        .AddSingleton<LongLivedConnections>()
        .AddSingleton<ConcurrencyLimits>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton<ClientRates>()
        .AddSingleton<Overload>()
        .AddSingleton<Draining>()
        .AddHostedService(provider => provider.GetRequiredService<Draining>())
        .Configure<TransportFailureRateHealthPolicyOptions>(SideHealth.Configure);

    private static IServiceCollection AddManagement(this IServiceCollection services) => services
        .AddSingleton(provider =>
        {
            var control = provider.GetRequiredService<ControlPlane>();
            return ActivatorUtilities.CreateInstance<Callers>(provider, (Func<IReadOnlyList<TokenRecord>>)(() => control.State.Tokens));
        })
        .AddSingleton<StatusReader>()
        .AddSingleton<EvidenceReader>()
        .AddSingleton<Forecaster>()
        .AddSingleton<AuditReader>()
        .AddSingleton<Wishes>()
        .AddSingleton<EventHub>()
        .AddHostedService<ManagementServer>();
}
