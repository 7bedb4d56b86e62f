using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Yarp.ReverseProxy.Configuration;

namespace Strangler.Proxy.Edge;

/// <summary>Gives YARP the routes and clusters of the rules. They change with the rules only: a flip needs no reload.</summary>
internal sealed class ProxyConfigProvider : IProxyConfigProvider, IDisposable
{
    private ProxyConfig _config;

    public ProxyConfigProvider(ControlPlane control)
    {
        _config = new ProxyConfig(control.Plans.Current.Rules);
        control.PlanChanged += (_, change) =>
        {
            if (change.Current.Rules != change.Previous.Rules) Replace(change.Current.Rules);
        };
    }

    public IProxyConfig GetConfig() => Volatile.Read(ref _config);

    public void Dispose() => _config.Dispose();

    private void Replace(RuleSet rules) => Interlocked.Exchange(ref _config, new ProxyConfig(rules)).Dispose();
}
