using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>
/// Keeps one stream of a session going, whatever happens to its target: live while that is there, a short while in memory when it is not,
/// then in the journal, so that the source need not keep its log for it and the other streams do not wait.
/// </summary>
internal sealed class StreamRunner(StreamContext stream, StreamInbox inbox, Journal journal, SourceFacts facts)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // Taken to go live, to journal, or to go from one to the other.
    private readonly Turn _turn = new();
    private readonly JournalWriter _writer = new(stream, inbox, journal, facts);
    private CancellationTokenSource? _living;
    private volatile bool _isTooSlow;
    private ulong _low = facts.Start.Value;

    /// <summary>The source may forget everything up to here, as far as this stream is concerned.</summary>
    public Lsn Low => new(Volatile.Read(ref _low));

    /// <summary>The stream while it is live; null while it is not.</summary>
    public LiveStream? Live { get; private set; }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Together.RunAsync(ending => [KeepLiveAsync(ending), KeepJournalAsync(ending)], cancellation);

    /// <summary>Makes the stream note what waits instead of applying it, so that the source can forget its log at once.</summary>
    /// <param name="reason">Why.</param>
    public Task SpillAsync(string reason)
    {
        if (_isTooSlow)
        {
            return Task.CompletedTask;
        }

        stream.Runtime.Log.Spilling(stream.Name, reason);
        _isTooSlow = true;
        return _living?.CancelSafelyAsync() ?? Task.CompletedTask;
    }

    private async Task KeepLiveAsync(CancellationToken cancellation)
    {
        var backoff = new Backoff(FirstWait, LongestWait);
        while (!cancellation.IsCancellationRequested)
        {
            using var living = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _living = living;
            try
            {
                var live = await GoLiveAsync(living.Token);
                Live = live;
                backoff.Reset();
                await live.RunAsync(Raised, living.Token);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) when (_isTooSlow)
            {
                // It begins again at once, and by noting what waits.
            }
            catch (Exception e)
            {
                var wait = backoff.Next();
                if (inbox.Mode == InboxMode.Journaling)
                {
                    stream.Status.Journaling(e.Message);
                }
                else
                {
                    stream.Status.Stopped(e.Message);
                }

                stream.Runtime.Meter.Failures.Add(1, SyncMeter.Tag(stream.Status));
                stream.Runtime.Log.StreamEnded(stream.Name, e.Message, wait.TotalSeconds);
                await EndLiveAsync();
                await Task.Delay(wait, stream.Runtime.Clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                await EndLiveAsync();
            }
        }
    }

    private async Task EndLiveAsync()
    {
        Live = null;
        foreach (var lane in inbox.Lanes)
        {
            lane.CancelWork();
        }

        if (inbox.Mode == InboxMode.Live)
        {
            inbox.Set(InboxMode.Holding);
        }

        await stream.Target.Writer.CloseAsync();
    }

    private async Task<LiveStream> GoLiveAsync(CancellationToken cancellation)
    {
        var ledger = stream.Target.Ledger;
        using var turn = await _turn.TakeAsync(cancellation);
        var at = await ledger.PositionAsync(cancellation);
        if (journal.Source is not null && journal.Source != facts.Source)
        {
            // Its positions mean nothing here; the start rule sees to the rest.
            journal.Clear();
        }

        if (_isTooSlow)
        {
            await _writer.WriteAsync(cancellation);
        }

        if (StartRule.WhyRefill(at, facts.Source, facts.Slot, facts.Start, journal) is { } reason)
        {
            await ledger.BeginAsync(facts.Source, facts.Slot, Lsn.Max(facts.Start, journal.Source == facts.Source ? journal.To : default), cancellation);
            Announce(at, reason);
            journal.Clear();
        }

        var live = new LiveStream(stream, inbox, facts);
        if (journal.Source is not null)
        {
            await ledger.NoteAsync(journal.Keys, journal.To, cancellation);
        }

        var position = await ledger.TakeOverAsync(inbox.Lanes.Count, cancellation);
        await live.PrepareAsync(position, journal.Stale, cancellation);
        if (journal.Source is not null)
        {
            journal.Clear();
        }

        _isTooSlow = false;
        inbox.Set(InboxMode.Live);
        Raised(position.Low);
        return live;
    }

    private void Announce(StreamPosition? at, string reason)
    {
        if (at is null)
        {
            stream.Runtime.Log.FirstFill(stream.Name);
        }
        else
        {
            stream.Runtime.Meter.Gaps.Add(1, SyncMeter.Tag(stream.Status));
            stream.Runtime.Log.Gap(stream.Name, reason);
        }
    }

    private void Raised(Lsn low) => Volatile.Write(ref _low, Math.Max(_low, low.Value));

    private async Task KeepJournalAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, stream.Runtime.Clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (inbox.Mode == InboxMode.Live)
                {
                    if (inbox.IsStuck)
                    {
                        await SpillAsync($"its target has made no room for {stream.Runtime.Options.JournalAfter.TotalSeconds:0.#} s");
                    }
                }
                else if (inbox.IsStuck || _isTooSlow || inbox.Mode == InboxMode.Journaling)
                {
                    await JournalAsync(cancellation);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // Nothing is lost: what could not be noted stays in memory, and the source keeps its log.
                stream.Runtime.Log.JournalFailed(stream.Name, e.Message);
            }
        }
    }

    private async Task JournalAsync(CancellationToken cancellation)
    {
        // Not while it goes live, and in the meantime it may have done so.
        using var turn = _turn.TryTake();
        if (turn is not null && inbox.Mode != InboxMode.Live)
        {
            inbox.Set(InboxMode.Journaling);
            await _writer.WriteAsync(cancellation);
            stream.Status.Journaling(error: null);
            Raised(journal.To);
        }
    }
}
