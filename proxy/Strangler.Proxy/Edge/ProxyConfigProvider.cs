using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Yarp.ReverseProxy.Configuration;

namespace Strangler.Proxy.Edge;

/// <summary>Gives YARP the routes and clusters of the rules. They change with the rules only: a flip needs no reload.</summary>
internal sealed class ProxyConfigProvider : IProxyConfigProvider, IConfigChangeListener, IDisposable
{
    private ProxyConfig _config;

    public ProxyConfigProvider(ControlPlane control)
    {
        _config = new ProxyConfig(control.Plans.Current.Rules, replaces: null);
        control.PlanChanged += (_, change) =>
        {
            if (change.Current.Rules != change.Previous.Rules) change.WaitFor(Replace(change.Current.Rules));
        };
    }

    public IProxyConfig GetConfig() => Volatile.Read(ref _config);

    public void Dispose() => _config.Dispose();

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => Volatile.Read(ref _config).MarkApplied(exception);

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => Mark(proxyConfigs, exception);

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs) => Mark(proxyConfigs, null);

    private static void Mark(IReadOnlyList<IProxyConfig> configs, Exception? error)
    {
        foreach (var config in configs.OfType<ProxyConfig>()) config.MarkApplied(error);
    }

    // Plans come one after another, so nobody else replaces it meanwhile.
    private Task Replace(RuleSet rules)
    {
        var previous = Volatile.Read(ref _config);
        var next = new ProxyConfig(rules, previous);
        Volatile.Write(ref _config, next);
        previous.Expire();
        previous.Dispose();
        return next.Applied;
    }
}
