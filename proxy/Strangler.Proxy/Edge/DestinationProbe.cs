using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Edge;

/// <summary>Says at start which backends do not answer. It never keeps the edge from starting.</summary>
internal sealed class DestinationProbe(ControlPlane control, TimeProvider time, ILogger<DestinationProbe> log) : BackgroundService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rules = control.Plans.Current.Rules;
        var legacy = rules.Legacy.Destinations.Select(address => ("legacy", address));
        var fresh = rules.Capabilities.SelectMany(c => c.New.Destinations.Select(address => ($"new side of {c.Name}", address)));
        return Task.WhenAll(legacy.Concat(fresh).Select(d => ProbeAsync(d.Item1, d.address, stoppingToken)));
    }

    private async Task ProbeAsync(string side, Uri address, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, either.Token);
        }
        catch (SocketException error)
        {
            log.DestinationAway(side, address, error.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            log.DestinationAway(side, address, $"no connection within {Limit.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            // The edge stops: nobody needs the answer any more.
        }
    }
}
