using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Strangler.Proxy;

/// <summary>Services that run by themselves and are asked by others as well.</summary>
internal static class HostedSingletons
{
    public static IServiceCollection AddSingletonHosted<T>(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
