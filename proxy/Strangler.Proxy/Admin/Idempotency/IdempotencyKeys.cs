namespace Strangler.Proxy.Admin.Idempotency;

/// <summary>
/// The keys of the last day with their answers, in the memory of this edge: at most <see cref="PerActor"/> for each actor, the oldest go
/// first. A restart forgets them; If-Match still keeps a repeated change from being made twice.
/// </summary>
internal sealed class IdempotencyKeys(TimeProvider time)
{
    /// <summary>Most keys that are kept for one actor.</summary>
    public const int PerActor = 1000;

    /// <summary>How long a key is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ActorKeys> _actors = new(StringComparer.Ordinal);

    /// <summary>Begins a request, or finds out what has become of it.</summary>
    /// <param name="actor">Who asks: keys of others do not count.</param>
    /// <param name="key">The key.</param>
    /// <param name="request">Hash of the request.</param>
    public (KeyState State, StoredAnswer? Answer) Begin(string actor, string key, string request)
    {
        lock (_lock)
        {
            if (!_actors.TryGetValue(actor, out var keys)) _actors[actor] = keys = new ActorKeys();
            keys.Forget(time.GetUtcNow() - Lifetime);
            if (keys.Find(key) is not { } known)
            {
                keys.Add(key, new Entry(request, time.GetUtcNow()));
                return (KeyState.First, null);
            }

            if (known.Request != request) return (KeyState.Reused, null);
            return known.Answer is null ? (KeyState.Running, null) : (KeyState.Answered, known.Answer);
        }
    }

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    /// <param name="actor">Who asked.</param>
    /// <param name="key">The key.</param>
    /// <param name="answer">The answer; null when nothing was done, so that the key may be used again.</param>
    public void End(string actor, string key, StoredAnswer? answer)
    {
        lock (_lock)
        {
            if (!_actors.TryGetValue(actor, out var keys)) return;
            if (answer is null) keys.Remove(key);
            else if (keys.Find(key) is { } entry) entry.Answer = answer;
        }
    }

    private sealed class Entry(string request, DateTimeOffset at)
    {
        public string Request => request;

        public DateTimeOffset At => at;

        public StoredAnswer? Answer { get; set; }
    }

    private sealed class ActorKeys
    {
        private readonly OrderedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

        public Entry? Find(string key) => _entries.GetValueOrDefault(key);

        public void Add(string key, Entry entry)
        {
            if (_entries.Count >= PerActor) _entries.RemoveAt(0);
            _entries.Add(key, entry);
        }

        public void Remove(string key) => _entries.Remove(key);

        public void Forget(DateTimeOffset before)
        {
            while (_entries.Count > 0 && _entries.GetAt(0).Value.At < before) _entries.RemoveAt(0);
        }
    }
}
