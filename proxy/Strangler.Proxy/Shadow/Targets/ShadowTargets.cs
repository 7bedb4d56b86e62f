using System.Collections.Concurrent;
using Strangler.Core.Model;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>The targets of the shadow, made when they are first asked. What the rules no longer name keeps no connections open: idle ones are closed.</summary>
internal sealed class ShadowTargets(ShadowOptions options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(Side Side, Uri Address), ShadowTarget> _targets = new();

    /// <summary>The target at an address. The sides never share one, even where their addresses are the same.</summary>
    public ShadowTarget Of(Side side, Uri address) => _targets.GetOrAdd((side, address), Make);

    /// <summary>True while the new side at an address is not asked at all. Allocates nothing.</summary>
    public bool IsNewSideOpen(Uri address) => _targets.TryGetValue((Side.New, address), out var target) && target.Breaker.IsOpen;

    public void Dispose()
    {
        foreach (var target in _targets.Values) target.Dispose();
    }

    private ShadowTarget Make((Side Side, Uri Address) key) =>
        new(key.Side == Side.New ? options.Concurrency : options.ControlConcurrency + options.SecondLookConcurrency, options, time);
}
