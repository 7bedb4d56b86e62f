using Microsoft.Extensions.Hosting;
using Strangler.Core.Adapters;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>
/// Follows a source while this process leads: a session that fails is begun again, after a wait that grows while it fails at once. Somebody may
/// pause it.
/// </summary>
internal sealed class SourceWorker(SourceContext source) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private readonly PauseSwitch _pause = new(Path.Combine(
        source.Runtime.Options.JournalFolder, source.Slot, $"{Uri.EscapeDataString(source.Name)}.paused"));

    private volatile bool _rests;

    /// <summary>The session that runs; null when none does.</summary>
    public SourceSession? Session { get; private set; }

    /// <summary>The source.</summary>
    public SourceContext Source => source;

    /// <summary>Ends the session and keeps every other one from beginning; returns when no connection to the source is left.</summary>
    /// <returns>False when it was paused already.</returns>
    public async Task<bool> PauseAsync(PausedSource note, CancellationToken cancellation)
    {
        if (!await _pause.PauseAsync(note))
        {
            return false;
        }

        while (!_rests)
        {
            await Task.Delay(FirstWait, source.Runtime.Clock, cancellation);
        }

        return true;
    }

    /// <summary>Lets it go on where it was.</summary>
    /// <returns>False when it was not paused.</returns>
    public bool Resume(string actor, string reason)
    {
        var was = _pause.Resume();
        if (was)
        {
            source.Runtime.Log.SourceResumed(source.Name, actor, reason);
        }

        return was;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pause.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var clock = source.Runtime.Clock;
        var backoff = new Backoff(FirstWait, LongestWait);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_pause.Current is { } note)
            {
                await RestAsync(note, stoppingToken);
                continue;
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _pause.Pausing);
            var began = clock.GetTimestamp();
            try
            {
                await FollowAsync(ending.Token);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) when (ending.IsCancellationRequested)
            {
                // Paused; the next round says so.
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
                await Task.Delay(wait, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                Session = null;
                source.Status.IsLeader = false;
            }
        }
    }

    private async Task RestAsync(PausedSource note, CancellationToken stopping)
    {
        source.Status.Paused = note;
        source.Status.Error = null;
        foreach (var stream in source.Streams)
        {
            stream.Status.Paused($"paused by {note.Actor}: {note.Reason}");
        }

        source.Ports.Release();
        source.Runtime.Log.SourcePaused(source.Name, note.Actor, note.Reason);
        _rests = true;
        await _pause.ResumedAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rests = false;
        source.Status.Paused = null;
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
