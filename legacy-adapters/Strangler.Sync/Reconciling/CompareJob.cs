using Strangler.Core.Adapters;

namespace Strangler.Sync.Reconciling;

/// <summary>A comparison and what is known of it so far. It is told from one thread and asked from others.</summary>
/// <param name="id">Its number.</param>
/// <param name="stream">The stream.</param>
/// <param name="mode">The mode, as it is told to others.</param>
/// <param name="clock">The clock.</param>
internal sealed class CompareJob(long id, string stream, string mode, TimeProvider clock)
{
    /// <summary>The most findings that are kept.</summary>
    public const int MaxItems = 10_000;

    private const int MaxShown = 1000;

    private readonly Lock _gate = new();
    private readonly List<EntityComparison> _entities = [];
    private readonly List<DataDifference> _items = [];
    private readonly Dictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private string _state = "running";
    private DateTimeOffset? _finished;
    private long _done;
    private long _total;
    private string? _error;

    /// <summary>Its number.</summary>
    public long Id => id;

    /// <summary>The mode.</summary>
    public string Mode => mode;

    /// <summary>What was found, at most <see cref="MaxItems"/>.</summary>
    public IReadOnlyList<DataDifference> Items
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>So many aggregates are to be compared too.</summary>
    public void Expect(long aggregates)
    {
        lock (_gate)
        {
            _total += aggregates;
        }
    }

    /// <summary>So many have been compared.</summary>
    public void Advance(long aggregates)
    {
        lock (_gate)
        {
            _done += aggregates;
            _total = Math.Max(_total, _done);
        }
    }

    /// <summary>Something was found.</summary>
    public void Found(DataDifference difference)
    {
        lock (_gate)
        {
            _kinds[difference.Kind] = _kinds.GetValueOrDefault(difference.Kind) + 1;
            if (_items.Count < MaxItems)
            {
                _items.Add(difference);
            }
        }
    }

    /// <summary>A kind of aggregate has been compared.</summary>
    public void Compared(EntityComparison entity)
    {
        lock (_gate)
        {
            _entities.Add(entity);
        }
    }

    /// <summary>How many aggregates of a kind were found so far, whatever was found.</summary>
    public long Findings()
    {
        lock (_gate)
        {
            return _kinds.Values.Sum();
        }
    }

    /// <summary>It ended.</summary>
    public void End(string how, string? reason = null)
    {
        lock (_gate)
        {
            _state = how;
            _error = reason;
            _finished = clock.GetUtcNow();
        }
    }

    /// <summary>As it is told to others.</summary>
    /// <param name="ended">How it has ended, when it is about to say so.</param>
    public CompareRun Report(string? ended = null)
    {
        lock (_gate)
        {
            var state = ended ?? _state;
            var waiting = Count(FindingKinds.Waiting);
            var dead = Count(FindingKinds.DeadLetter, FindingKinds.Unmappable);
            var undetermined = Count(FindingKinds.Changing, FindingKinds.Unsettled);
            var differences = _kinds.Values.Sum() - waiting - dead - undetermined;
            var verdict = state != "finished" ? null : differences > 0 ? "differences" : waiting + dead + undetermined > 0 ? "undetermined" : "clean";
            return new CompareRun(
                id, stream, mode, state, _started, _finished, _done, _total, Left(), verdict, differences, waiting, dead, undetermined,
                [.. _entities], [.. _items.Take(MaxShown)], _error);
        }
    }

    private long Count(params ReadOnlySpan<string> kinds)
    {
        var count = 0L;
        foreach (var kind in kinds)
        {
            count += _kinds.GetValueOrDefault(kind);
        }

        return count;
    }

    private double? Left() => _done == 0 || _finished is not null
        ? null
        : Math.Round((clock.GetUtcNow() - _started).TotalSeconds / _done * (_total - _done), 1);
}
