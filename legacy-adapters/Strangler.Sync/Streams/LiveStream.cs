using Strangler.Core.Adapters;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>A stream whose target is there: its lanes and what feeds them beside the log.</summary>
internal sealed class LiveStream(StreamContext stream, StreamInbox inbox, SourceFacts facts)
{
    private static readonly TimeSpan RaiseEvery = TimeSpan.FromMilliseconds(500);

    private readonly DriftWatch _drift = new(stream, inbox);
    private readonly Backfill _backfill = new(stream, inbox);
    private List<Lane> _lanes = [];
    private StreamPosition? _position;

    /// <summary>The backfill.</summary>
    public Backfill Backfill => _backfill;

    /// <summary>The lanes.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>Takes over where the stream stands.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="stale">Kinds of aggregates of which all may have changed while it was not live.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task PrepareAsync(StreamPosition position, IReadOnlyCollection<string> stale, CancellationToken cancellation)
    {
        _position = position;
        _lanes = [.. inbox.Lanes.Select((lane, number) => new Lane(number, stream, lane, position, _drift, facts, HoldAsync))];
        foreach (var (lane, end) in inbox.Lanes.Zip(position.Lanes))
        {
            // Sent once more after a restart of the source, which forgets the latest acknowledgements.
            lane.DropUpTo(end);
        }

        stream.Failing.Reset(await stream.Target.Ledger.FailingAsync(cancellation));
        await _drift.CheckAllAsync(cancellation);
        await _backfill.ResumeAsync(position.Fills, cancellation);
        foreach (var entity in stale)
        {
            await _backfill.RestartAsync(entity, cancellation);
        }

        stream.Status.Waiting(await stream.Target.Ledger.BacklogAsync(cancellation));
        stream.Status.Live(facts.Start);
    }

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    /// <param name="raised">Told when everything up to a position is in the target for good.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task RunAsync(Action<Lsn> raised, CancellationToken cancellation)
    {
        // All end, as none may still write when the next session begins.
        return Together.RunAsync(
            ending =>
            [
                .. _lanes.Select(lane => lane.RunAsync(Progressed, ending)),
                _backfill.RunAsync(ending),
                new BacklogWorker(stream, inbox, ApplyTogetherAsync).RunAsync(ending),
                _drift.RunAsync(ending),
                RaiseAsync(raised, ending),
            ],
            cancellation);
    }

    /// <summary>
    /// Brings both stores to one and the same state for a moment, and keeps a snapshot of each: the lanes stand still, a snapshot of the source is
    /// taken, what it shows is applied as it shows it, and nothing else, and a snapshot of the target is taken.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream is not complete, or the source does not come to rest in time.</exception>
    public async Task<AlignedSnapshots> AlignAsync(CancellationToken cancellation)
    {
        if (!facts.IsLog)
        {
            throw new InvalidOperationException(
                $"The stream {stream.Name} follows its source by triggers, among whose positions a snapshot has no place: compare without --exact.");
        }

        if (stream.Status.State != StreamStates.Following || !stream.Pauses.IsEmpty)
        {
            throw new InvalidOperationException($"The stream {stream.Name} is {stream.Status.State}: both stores can be aligned only while it is following.");
        }

        using var hold = await HoldAsync(cancellation);
        ISourceSnapshot? source = null;
        try
        {
            source = await stream.Reader.SnapshotAsync(cancellation);
            await facts.SettleAsync(source.Seen, stream.Runtime.Clock, cancellation);
            foreach (var lane in _lanes)
            {
                await lane.ApplySeenAsync(source, cancellation);
            }

            return new AlignedSnapshots(source, await stream.Target.Ledger.SnapshotAsync(cancellation));
        }
        catch
        {
            await (source?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    private async Task ApplyTogetherAsync(KeyWork work, CancellationToken cancellation)
    {
        using var hold = await HoldAsync(cancellation);
        await _lanes[0].ApplyTogetherAsync(work, cancellation);
    }

    /// <summary>Keeps all lanes from applying anything of their own accord.</summary>
    private async Task<IDisposable> HoldAsync(CancellationToken cancellation)
    {
        var hold = new LaneHold();
        try
        {
            foreach (var lane in _lanes)
            {
                hold.Add(await lane.HoldAsync(cancellation));
            }

            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Everything up to here is in the target for good, or noted there.</summary>
    public Lsn Low()
    {
        // This order: what is settled now is in an inbox or applied when the inboxes are asked.
        var settled = facts.Settled();
        return new Lsn(inbox.Lanes.Min(lane => lane.Low(settled).Value));
    }

    private void Progressed() => stream.Status.Progressed(Low());

    private async Task RaiseAsync(Action<Lsn> raised, CancellationToken cancellation)
    {
        var known = _position!.Low;
        while (true)
        {
            // This order: a table that was truncated before this position is noted before the position is.
            var low = Low();
            foreach (var entity in inbox.TakeStale())
            {
                await _backfill.RestartAsync(entity, cancellation);
            }

            if (low > known)
            {
                await stream.Target.Ledger.RaiseAsync(_position.Epoch, low, cancellation);
                known = low;
                raised(low);
            }

            await Task.Delay(RaiseEvery, stream.Runtime.Clock, cancellation);
        }
    }
}
