using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Proxy.Resilience.LongLived;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// The edge's way out when it is told to stop: first it is not ready any more and every answer asks its client to connect again, which is still
/// answered; after a time sockets and event streams are ended; then the server stops to listen and completes what it has.
/// </summary>
/// <remarks>
/// Without the first step a client could send its next request in the moment in which the server closes an idle connection, and could not
/// know whether it was read.
/// </remarks>
internal sealed class Draining(LongLivedConnections longLived, StranglerOptions options, TimeProvider time, ILogger<Draining> log) : IHostedLifecycleService
{
    private volatile bool _isOn;

    /// <summary>Whether the edge has been told to stop.</summary>
    public bool IsOn => _isOn;

    /// <summary>Asks the client of a request to connect again for the next one.</summary>
    public static void SendAway(HttpContext context) => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isOn = true;
        log.Draining(options.Drain.TotalSeconds, longLived.Count);
        try
        {
            await Task.Delay(options.Drain, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host is in a hurry.
        }

        longLived.EndAll();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
