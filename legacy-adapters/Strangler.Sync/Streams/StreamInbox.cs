using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>What comes in for one stream, lane by lane. Full, it makes the feed wait, which the source does not mind, but not for long.</summary>
internal sealed class StreamInbox
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _entities;
    private readonly HashSet<TableName> _tables;
    private readonly SyncOptions _options;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    private readonly HashSet<TableName> _described = [];
    private DateTimeOffset? _waitingSince;

    /// <summary>An inbox that holds what comes in.</summary>
    public StreamInbox(IReadOnlyList<AggregateMapping> mappings, int lanes, SyncOptions options, TimeProvider clock)
    {
        _entities = mappings.Select(mapping => mapping.Entity).ToHashSet(StringComparer.Ordinal);
        _tables = mappings.SelectMany(mapping => mapping.Sources).Select(source => source.Name).ToHashSet();
        _options = options;
        _clock = clock;
        Lanes = [.. Enumerable.Range(0, lanes).Select(_ => new LaneInbox())];
    }

    /// <summary>What waits for each lane.</summary>
    public IReadOnlyList<LaneInbox> Lanes { get; }

    /// <summary>What happens to what comes in.</summary>
    public InboxMode Mode { get; private set; } = InboxMode.Holding;

    /// <summary>Whether there has been no room for longer than a target may take.</summary>
    public bool IsStuck => WaitingFor() > _options.JournalAfter;

    /// <summary>Sets what happens to what comes in.</summary>
    public void Set(InboxMode mode)
    {
        lock (_gate)
        {
            Mode = mode;
            _waitingSince = null;
        }
    }

    /// <summary>Adds a transaction's parts; waits while there is no room.</summary>
    public async ValueTask AddAsync(SourceTransaction transaction, CancellationToken cancellation)
    {
        var parts = Split(transaction);
        NoteStale(transaction.Stale);
        if (parts is null)
        {
            return;
        }

        while (IsFull())
        {
            await Task.Delay(LookAgain, _clock, cancellation);
        }

        for (var lane = 0; lane < parts.Length; lane++)
        {
            if (parts[lane] is { } changes)
            {
                Lanes[lane].Add(new Slice(transaction.Xid, transaction.End, changes, transaction.IsLast));
            }
        }
    }

    /// <summary>The source has described a table anew.</summary>
    public void Described(TableName table)
    {
        lock (_gate)
        {
            if (_tables.Contains(table))
            {
                _described.Add(table);
            }
        }
    }

    /// <summary>Tables that have been described since the last call.</summary>
    public IReadOnlyCollection<TableName> TakeDescribed()
    {
        lock (_gate)
        {
            TableName[] described = [.. _described];
            _described.Clear();
            return described;
        }
    }

    /// <summary>Kinds of aggregates of which all may have changed since the last call.</summary>
    public IReadOnlyCollection<string> TakeStale()
    {
        lock (_gate)
        {
            string[] stale = [.. _stale];
            _stale.Clear();
            return stale;
        }
    }

    /// <summary>Whether kinds of aggregates wait to be backfilled anew.</summary>
    public bool HasStale
    {
        get
        {
            lock (_gate)
            {
                return _stale.Count > 0;
            }
        }
    }

    private bool IsFull()
    {
        lock (_gate)
        {
            var full = Lanes.Sum(lane => lane.Load) >= _options.QueuedKeys;
            _waitingSince = full ? _waitingSince ?? _clock.GetUtcNow() : Mode == InboxMode.Live ? null : _waitingSince;
            return full;
        }
    }

    private TimeSpan WaitingFor()
    {
        lock (_gate)
        {
            if (Mode == InboxMode.Holding && _waitingSince is null && Lanes.Any(lane => lane.Load > 0))
            {
                _waitingSince = _clock.GetUtcNow();
            }

            return _waitingSince is { } since ? _clock.GetUtcNow() - since : TimeSpan.Zero;
        }
    }

    private void NoteStale(IReadOnlySet<string> stale)
    {
        if (stale.Count > 0)
        {
            lock (_gate)
            {
                _stale.UnionWith(stale.Where(_entities.Contains));
            }
        }
    }

    private Dictionary<DirtyKey, SourceRows?>?[]? Split(SourceTransaction transaction)
    {
        Dictionary<DirtyKey, SourceRows?>?[]? parts = null;
        foreach (var (key, rows) in transaction.Changes)
        {
            if (_entities.Contains(key.Entity))
            {
                parts ??= new Dictionary<DirtyKey, SourceRows?>?[Lanes.Count];
                (parts[LaneHash.LaneOf(key, Lanes.Count)] ??= []).Add(key, rows);
            }
        }

        return parts;
    }
}
