using System.Threading.Channels;

namespace Strangler.Proxy.Admin.Events;

/// <summary>One connection that waits for events. What it does not take in time is not kept for it: it is dropped.</summary>
/// <param name="actor">Who listens.</param>
internal sealed class Listener(string actor) : IDisposable
{
    /// <summary>Most events that wait for it.</summary>
    public const int Buffer = 128;

    private readonly CancellationTokenSource _dropped = new();
    private readonly Channel<EventText> _events = Channel.CreateBounded<EventText>(new BoundedChannelOptions(Buffer) { SingleReader = true });

    /// <summary>Who listens.</summary>
    public string Actor => actor;

    /// <summary>Its events.</summary>
    public ChannelReader<EventText> Events => _events.Reader;

    /// <summary>Cancelled when it was too slow.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Adds an event.</summary>
    /// <returns>False when its buffer is full; then it is dropped.</returns>
    public bool TryAdd(EventText text)
    {
        if (_events.Writer.TryWrite(text)) return true;
        _dropped.Cancel();
        return false;
    }

    public void Dispose() => _dropped.Dispose();
}
