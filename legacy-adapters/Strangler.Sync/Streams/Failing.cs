using System.Collections.Concurrent;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>Aggregates that have failed, so that each is tried on its own and the others of its batch need not be tried twice.</summary>
internal sealed class Failing
{
    private readonly ConcurrentDictionary<DirtyKey, bool> _keys = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _keys.IsEmpty;

    /// <summary>Whether an aggregate has failed.</summary>
    public bool Contains(DirtyKey key) => _keys.ContainsKey(key);

    /// <summary>Starts anew with these.</summary>
    public void Reset(IEnumerable<DirtyKey> keys)
    {
        _keys.Clear();
        foreach (var key in keys)
        {
            _keys[key] = true;
        }
    }

    /// <summary>These were tried.</summary>
    public void Tried(IEnumerable<DirtyKey> all, IEnumerable<DirtyKey> failed)
    {
        foreach (var key in all)
        {
            _keys.TryRemove(key, out _);
        }

        foreach (var key in failed)
        {
            _keys[key] = true;
        }
    }
}
