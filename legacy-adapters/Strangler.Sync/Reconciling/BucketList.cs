using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// The ranges of one kind of aggregate. While a comparison makes a new list, marks go into both; a mark beyond the last new range may belong to
/// the one that is being read, so that one becomes dirty too.
/// </summary>
internal sealed class BucketList(Type keyType)
{
    private readonly Lock _gate = new();
    private List<Bucket> _current = [];
    private List<Bucket>? _next;
    private bool _openDirty;

    /// <summary>When the whole list was last compared from end to end; null before.</summary>
    public DateTimeOffset? SweptAt { get; private set; }

    /// <summary>Whether keys of this type have the same order here as in the database.</summary>
    public bool CanLocate { get; } = keyType == typeof(int) || keyType == typeof(long) || keyType == typeof(Guid);

    /// <summary>The ranges of the last comparison.</summary>
    public IReadOnlyList<Bucket> Current
    {
        get
        {
            lock (_gate)
            {
                return [.. _current];
            }
        }
    }

    /// <summary>Aggregates have changed.</summary>
    public void MarkDirty(IEnumerable<string> keys)
    {
        if (!CanLocate)
        {
            return;
        }

        lock (_gate)
        {
            if (_current.Count == 0 && _next is null)
            {
                return;
            }

            foreach (var key in keys)
            {
                var value = (IComparable)AggregateKey.Parse(key, keyType);
                if (Find(_current, value) is { } bucket)
                {
                    bucket.IsDirty = true;
                }

                if (_next is not null && Find(_next, value) is { } fresh)
                {
                    fresh.IsDirty = true;
                }
                else if (_next is not null)
                {
                    _openDirty = true;
                }
            }
        }
    }

    /// <summary>A comparison begins.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _next = [];
            _openDirty = false;
        }
    }

    /// <summary>A range is going to be read.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _openDirty = false;
        }
    }

    /// <summary>The open range has been read.</summary>
    public void Close(Bucket bucket)
    {
        lock (_gate)
        {
            bucket.IsDirty |= _openDirty;
            _next!.Add(bucket);
        }
    }

    /// <summary>Takes a range over unread; false when it has changed by now.</summary>
    public bool TryKeep(Bucket bucket)
    {
        lock (_gate)
        {
            if (!bucket.IsDirty)
            {
                _next!.Add(bucket);
            }

            return !bucket.IsDirty;
        }
    }

    /// <summary>The comparison has come to its end: its ranges are the current ones.</summary>
    /// <param name="at">When.</param>
    /// <param name="swept">Whether all ranges were read.</param>
    public void End(DateTimeOffset at, bool swept)
    {
        lock (_gate)
        {
            _current = _next ?? _current;
            _next = null;
            SweptAt = swept ? at : SweptAt;
        }
    }

    /// <summary>The comparison was broken off: the ranges before it stay.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _next = null;
        }
    }

    private static Bucket? Find(List<Bucket> buckets, IComparable key)
    {
        int low = 0, high = buckets.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var range = buckets[middle].Range;
            if (range.After is not null && key.CompareTo(range.After) <= 0)
            {
                high = middle - 1;
            }
            else if (range.To is not null && key.CompareTo(range.To) > 0)
            {
                low = middle + 1;
            }
            else
            {
                return buckets[middle];
            }
        }

        return null;
    }
}
