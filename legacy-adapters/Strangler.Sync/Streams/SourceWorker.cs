using Microsoft.Extensions.Hosting;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>Follows a source while this process leads: a session that fails is begun again, after a wait that grows while it fails at once.</summary>
internal sealed class SourceWorker(SourceContext source) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>The session that runs; null when none does.</summary>
    public SourceSession? Session { get; private set; }

    /// <summary>The source.</summary>
    public SourceContext Source => source;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var clock = source.Runtime.Clock;
        var backoff = new Backoff(FirstWait, LongestWait);
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (clock.GetElapsedTime(began) > Steady)
                {
                    backoff.Reset();
                }

                var wait = backoff.Next();
                Stopped(e.Message);
                source.Runtime.Log.SessionEnded(source.Name, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                Session = null;
                source.Status.IsLeader = false;
            }
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        await using var lead = await source.Ports.Leadership.AcquireAsync(WaitForLead, stopping);
        source.Status.IsLeader = true;
        source.Status.Error = null;
        var session = new SourceSession(source);
        Session = session;
        await session.RunAsync(lead, stopping);
    }

    private void WaitForLead()
    {
        source.Status.Error = null;
        foreach (var stream in source.Streams)
        {
            stream.Status.WaitingForLead();
        }
    }

    private void Stopped(string error)
    {
        source.Status.Error = error;
        foreach (var stream in source.Streams)
        {
            stream.Status.Stopped(error);
            source.Runtime.Meter.Failures.Add(1, SyncMeter.Tag(stream.Status));
        }
    }
}
