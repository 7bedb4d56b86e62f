namespace Strangler.Proxy.Resilience;

/// <summary>
/// How many requests of one capability may be falling back at once: a fifth of those under way, so that a sick new side cannot double the load that
/// it has failed to carry. Who finds no room waits a moment for it. The way of a healthy request is two increments; only fallbacks take the lock.
/// </summary>
internal sealed class FallbackBudget(TimeProvider time)
{
    /// <summary>The part of a capability's requests under way that may be falling back.</summary>
    public const double Share = 0.2;

    /// <summary>So many may at any time, however few requests there are.</summary>
    public const int Least = 3;

    /// <summary>How long a fallback waits for room: 2 s, as a late answer is better than none.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _active;
    private int _running;

    /// <summary>Requests of the capability under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Fallbacks under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Most fallbacks under way at the present number of requests.</summary>
    public int Limit => Math.Max(Least, (int)(Active * Share));

    /// <summary>One more request of the capability.</summary>
    public void Enter() => Interlocked.Increment(ref _active);

    /// <summary>One less; once for each <see cref="Enter"/>.</summary>
    public void Leave() => Interlocked.Decrement(ref _active);

    /// <summary>Begins a fallback; true obliges to <see cref="End"/>.</summary>
    /// <param name="wait">How long to wait for room, at most <see cref="LongestWait"/>.</param>
    /// <param name="cancel">Ends the wait: false.</param>
    public async ValueTask<bool> TryBeginAsync(TimeSpan wait, CancellationToken cancel)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            LetIn();
            if (_running < Limit)
            {
                _running++;
                return true;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            var longest = wait < LongestWait ? wait : LongestWait;
            await place.Value.Task.WaitAsync(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, cancel);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return !GiveUp(place);
        }
    }

    /// <summary>Ends a fallback; once for each <see cref="TryBeginAsync"/> that was true.</summary>
    public void End()
    {
        lock (_lock)
        {
            _running--;
            LetIn();
        }
    }

    // False when it was let in at the last moment.
    private bool GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (_lock)
        {
            if (place.List is null) return false;
            _waiting.Remove(place);
            return true;
        }
    }

    private void LetIn()
    {
        while (_running < Limit && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _running++;
            first.Value.SetResult();
        }
    }
}
