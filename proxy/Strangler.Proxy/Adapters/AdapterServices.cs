using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Strangler.Proxy.Adapters;

/// <summary>What the edge knows of the adapters.</summary>
internal static class AdapterServices
{
    public static IServiceCollection AddAdapters(this IServiceCollection services)
    {
        services.TryAddSingleton(new AdapterOptions());
        return services.AddSingleton<AdapterView>().AddSingletonHosted<WatermarkClient>();
    }
}
