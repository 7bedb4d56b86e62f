using System.Threading.Channels;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>
/// What waits for one lane. A slice leaves only when it has been applied for good, so that a lane that fails loses nothing.
/// </summary>
internal sealed class LaneInbox
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Slice> _slices = [];
    private readonly Queue<KeyWork> _work = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Aggregates and transactions that wait.</summary>
    public int Load { get; private set; }

    /// <summary>Whether no slice waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _slices.First is null;
            }
        }
    }

    /// <summary>Adds a slice.</summary>
    public void Add(Slice slice)
    {
        lock (_gate)
        {
            _slices.AddLast(slice);
            Load += LoadOf(slice);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Adds keys that come from elsewhere than the log.</summary>
    public void Add(KeyWork work)
    {
        lock (_gate)
        {
            _work.Enqueue(work);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>The first slices, which stay.</summary>
    public IReadOnlyList<Slice> Peek(int keys, int transactions)
    {
        var first = new List<Slice>();
        lock (_gate)
        {
            var count = 0;
            for (var node = _slices.First; node is not null && count < keys && first.Count < transactions; node = node.Next)
            {
                first.Add(node.Value);
                count += node.Value.Changes.Count;
            }
        }

        return first;
    }

    /// <summary>Where the last of these ends that no other one stands before; null when another one stands before them all.</summary>
    public Lsn? EndBefore(IReadOnlyList<Slice> slices)
    {
        Lsn? end = null;
        var among = slices.ToHashSet(ReferenceEqualityComparer.Instance);
        lock (_gate)
        {
            foreach (var slice in _slices.TakeWhile(among.Contains).Where(slice => slice.IsLast))
            {
                end = slice.End;
            }
        }

        return end;
    }

    /// <summary>Those slices that a snapshot shows, which stay.</summary>
    public IReadOnlyList<Slice> PeekSeen(SnapshotView view)
    {
        lock (_gate)
        {
            return [.. _slices.Where(slice => view.Sees(slice.Xid))];
        }
    }

    /// <summary>Keys that come from elsewhere.</summary>
    public KeyWork? TakeWork()
    {
        lock (_gate)
        {
            return _work.TryDequeue(out var work) ? work : null;
        }
    }

    /// <summary>These slices have been applied for good.</summary>
    public void Complete(IReadOnlyCollection<Slice> applied)
    {
        var done = applied.ToHashSet(ReferenceEqualityComparer.Instance);
        lock (_gate)
        {
            for (var node = _slices.First; node is not null && done.Count > 0;)
            {
                var next = node.Next;
                if (done.Remove(node.Value))
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    /// <summary>Forgets what ended at or before a position, as it has been applied already.</summary>
    public void DropUpTo(Lsn position)
    {
        lock (_gate)
        {
            while (_slices.First is { } first && first.Value.End <= position)
            {
                Remove(first);
            }
        }
    }

    /// <summary>All slices, which stay.</summary>
    public IReadOnlyList<Slice> All()
    {
        lock (_gate)
        {
            return [.. _slices];
        }
    }

    /// <summary>Forgets keys that come from elsewhere; whoever gave them is told.</summary>
    public void CancelWork()
    {
        while (TakeWork() is { } work)
        {
            work.Cancel();
        }
    }

    /// <summary>Everything up to a position has been applied, given that all before <paramref name="settled"/> has been handed over.</summary>
    /// <param name="settled">Read before this is called.</param>
    public Lsn Low(Lsn settled)
    {
        lock (_gate)
        {
            return _slices.First is { } first && first.Value.End <= settled ? new Lsn(first.Value.End.Value - 1) : settled;
        }
    }

    /// <summary>Returns when something has been added since the last call, or after a while.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private void Remove(LinkedListNode<Slice> node)
    {
        Load -= LoadOf(node.Value);
        _slices.Remove(node);
    }

    private static int LoadOf(Slice slice) => slice.Changes.Count + 1;
}
