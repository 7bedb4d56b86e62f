using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// A queue with a lane for each capability: whoever waits in one of them, for a watermark or for a slow target, holds nobody up in another.
/// Writing never waits. All lanes together hold at most the limit, and one alone at most half of it.
/// </summary>
internal sealed class Lanes<T>(int limit)
{
    private readonly ConcurrentDictionary<string, Channel<T>> _lanes = new(StringComparer.Ordinal);
    private readonly Channel<ChannelReader<T>> _opened = Channel.CreateUnbounded<ChannelReader<T>>();
    private int _count;

    /// <summary>How many wait in all lanes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds an item to a lane; false when there is no room.</summary>
    public bool TryWrite(string lane, T item)
    {
        if (Interlocked.Increment(ref _count) <= limit && LaneOf(lane).Writer.TryWrite(item)) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Works on the items, each lane in its order, until it is stopped.</summary>
    /// <param name="workers">How many work on a lane at once.</param>
    /// <param name="work">What is done with an item; must not throw anything but that it was cancelled.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task RunAsync(int workers, Func<T, CancellationToken, Task> work, CancellationToken stop)
    {
        var all = new List<Task>();
        try
        {
            await foreach (var lane in _opened.Reader.ReadAllAsync(stop))
            {
                for (var i = 0; i < workers; i++) all.Add(WorkAsync(lane, work, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The edge stops. Thrown on, it would count as a failure of the edge when the start itself has failed.
        }

        await Task.WhenAll(all);
    }

    private async Task WorkAsync(ChannelReader<T> lane, Func<T, CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await foreach (var item in lane.ReadAllAsync(stop))
            {
                Interlocked.Decrement(ref _count);
                await work(item, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As above.
        }
    }

    private Channel<T> LaneOf(string name)
    {
        if (_lanes.TryGetValue(name, out var known)) return known;
        var lane = Channel.CreateBounded<T>(Math.Max(1, limit / 2));
        if (!_lanes.TryAdd(name, lane)) return _lanes[name];
        _opened.Writer.TryWrite(lane.Reader);
        return lane;
    }
}
