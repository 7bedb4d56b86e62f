using Microsoft.Extensions.Hosting;

namespace Strangler.Proxy.Plans;

/// <summary>A background loop that ends without a word. A host that could not start disposes of everything and stops nothing before.</summary>
internal abstract class EdgeLoop : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (Exception error) when (stoppingToken.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            // It was told to end.
        }
    }

    /// <summary>Runs until told to end.</summary>
    protected abstract Task RunAsync(CancellationToken stop);
}
