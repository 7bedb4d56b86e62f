using System.Threading.Channels;

namespace Strangler.Proxy.Shadow;

/// <summary>Where exchanges wait for their copy. Offering never waits: when it is full, by count or by bytes, the exchange is dropped.</summary>
internal sealed class ShadowQueue(ShadowOptions options, ByteBudget budget)
{
    private readonly Channel<ShadowExchange> _exchanges =
        Channel.CreateBounded<ShadowExchange>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });

    /// <summary>How many wait.</summary>
    public int Count => _exchanges.Reader.Count;

    /// <summary>Offers an exchange; its bytes stay reserved until the ledger finishes it.</summary>
    /// <returns>Null when it was taken; else why not.</returns>
    public SkipReason? Offer(ShadowExchange exchange)
    {
        if (!budget.TryReserve(exchange.Cost)) return SkipReason.BytesFull;
        if (_exchanges.Writer.TryWrite(exchange)) return null;
        budget.Release(exchange.Cost);
        return SkipReason.QueueFull;
    }

    /// <summary>The exchanges in the order in which they came.</summary>
    public IAsyncEnumerable<ShadowExchange> ReadAllAsync(CancellationToken cancel) => _exchanges.Reader.ReadAllAsync(cancel);
}
