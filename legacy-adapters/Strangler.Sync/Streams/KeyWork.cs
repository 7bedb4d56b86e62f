using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>Aggregates to be read again for another reason than a change in the log: a backfill, or a row of <c>sync.dirty</c>.</summary>
/// <param name="keys">The aggregates, all of one lane; with the stamps of their rows in <c>sync.dirty</c>.</param>
/// <param name="hasStamps">False when they do not come from there.</param>
internal sealed class KeyWork(IReadOnlyDictionary<DirtyKey, long> keys, bool hasStamps)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The aggregates.</summary>
    public IReadOnlyDictionary<DirtyKey, long> Keys { get; } = keys;

    /// <summary>Whether they come from <c>sync.dirty</c>.</summary>
    public bool HasStamps { get; } = hasStamps;

    /// <summary>Ends when they have been applied for good; cancelled when they have not.</summary>
    public Task Done => _done.Task;

    /// <summary>Gives keys to their lanes; the outcome ends when all have been applied for good.</summary>
    public static Task GiveAsync(IReadOnlyDictionary<DirtyKey, long> keys, bool hasStamps, IReadOnlyList<LaneInbox> lanes)
    {
        var parts = keys.GroupBy(pair => LaneHash.LaneOf(pair.Key, lanes.Count))
            .Select(group => (Lane: group.Key, Work: new KeyWork(group.ToDictionary(), hasStamps)))
            .ToList();
        parts.ForEach(part => lanes[part.Lane].Add(part.Work));
        return Task.WhenAll(parts.Select(part => part.Work.Done));
    }

    /// <summary>They have been applied.</summary>
    public void Complete() => _done.TrySetResult();

    /// <summary>They have not.</summary>
    public void Cancel() => _done.TrySetCanceled();
}
