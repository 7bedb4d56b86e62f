using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strangler.Core.Compare;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.DryRuns;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Sampling;
using Strangler.Proxy.Shadow.Sharing;
using Strangler.Proxy.Shadow.Targets;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow;

/// <summary>Everything that <see cref="ShadowCaptureMiddleware"/> hands over to.</summary>
internal static class ShadowServices
{
    /// <summary>Adds the shadow.</summary>
    public static IServiceCollection AddShadow(this IServiceCollection services, StranglerOptions options)
    {
        services.TryAddSingleton(new ShadowOptions());
        services.TryAddSingleton(_ => new ControlDraw(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        return services
            .AddTriage(options)
            .AddSingleton<Comparer>()
            .AddSingleton<MapPaths>()
            .AddSingleton<ByteBudget>()
            .AddSingleton<ShadowSampler>()
            .AddSingleton<ShadowQueue>()
            .AddSingleton<ShadowEvidence>()
            .AddSingleton<EvidenceBook>()
            .AddSingleton<ShadowMetrics>()
            .AddSingleton<ShadowLedger>()
            .AddSingleton<CopyPermits>()
            .AddSingleton<BodyDecoder>()
            .AddSingleton<ShadowTargets>()
            .AddSingleton<ErrorBudgets>()
            .AddSingleton<SideClient>()
            .AddSingleton<NewSide>()
            .AddSingleton<LegacySide>()
            .AddSingleton<LegacyAgain>()
            .AddSingleton<ExchangeJudge>()
            .AddSingletonHosted<DryRunHandshakes>()
            .AddSingletonHosted<ShadowSettler>()
            .AddSingletonHosted<ShadowDispatcher>();
    }

    // The connection string is gone from the options once the control store has read it.
    private static IServiceCollection AddTriage(this IServiceCollection services, StranglerOptions options)
    {
        var connection = options.ControlStore;
        if (connection is not null)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SharedStore>(provider, connection, options.Edge));
        }

        return services
            .AddSingleton<TokenKeys>()
            .AddSingleton(provider => provider.GetRequiredService<TokenKeys>().Tokens)
            .AddSingleton(provider => new Judgements(() => provider.GetRequiredService<ControlPlane>().State.Judgements))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<DifferenceGroups>(provider, connection is not null))
            .AddSingleton<RerunShelf>()
            .AddSingleton<Rerunner>()
            .AddSingleton<DifferenceRecorder>()
            .AddSingleton<SharedStatus>()
            .AddSingletonHosted<SharedFlush>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<FieldStandings>(
                provider, (Func<string, CapabilityPlan?>)(capability => provider.GetRequiredService<PlanHolder>().Current.FindCapability(capability))))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<GroupReader>(
                provider, (Func<string, string?>)(operation => provider.GetRequiredService<PlanHolder>().Current.FindOperation(operation)?.Rules.NewPattern.Text)));
    }
}
