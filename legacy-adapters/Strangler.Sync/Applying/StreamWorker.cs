using Microsoft.Extensions.Hosting;
using Strangler.Sync.Status;

namespace Strangler.Sync.Applying;

/// <summary>Keeps a stream going: a session that fails is begun again, after a wait that grows while it fails at once.</summary>
internal sealed class StreamWorker(SyncStream stream, SyncRuntime runtime) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(FirstWait, LongestWait);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await new StreamSession(stream, runtime).RunAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (stream.Status.State != StreamState.Stopped)
                {
                    backoff.Reset();
                }

                var wait = backoff.Next();
                stream.Status.Stopped(e.Message);
                runtime.Meter.Failures.Add(1, SyncMeter.Tag(stream.Status));
                runtime.Log.SessionEnded(stream.Name, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, runtime.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
