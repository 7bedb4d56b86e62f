using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Sampling;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow;

/// <summary>Everything that <see cref="ShadowCaptureMiddleware"/> hands over to.</summary>
internal static class ShadowServices
{
    /// <summary>Adds the shadow. The key of its tokens is made anew with every start: no token outlives the values that are in memory.</summary>
    public static IServiceCollection AddShadow(this IServiceCollection services)
    {
        services.TryAddSingleton(new ShadowOptions());
        services.TryAddSingleton(_ => new ControlDraw(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        return services
            .AddSingleton(new ValueTokens(RandomNumberGenerator.GetBytes(ValueTokens.MinKeyBytes)))
            .AddSingleton<Comparer>()
            .AddSingleton<ByteBudget>()
            .AddSingleton<ShadowSampler>()
            .AddSingleton<ShadowQueue>()
            .AddSingleton<ShadowEvidence>()
            .AddSingleton<EvidenceBook>()
            .AddSingleton<DifferenceGroups>()
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
            .AddSingletonHosted<ShadowSettler>()
            .AddSingletonHosted<ShadowDispatcher>();
    }
}
