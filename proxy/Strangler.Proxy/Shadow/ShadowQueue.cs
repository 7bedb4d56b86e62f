using Strangler.Proxy.Shadow.Bodies;

namespace Strangler.Proxy.Shadow;

/// <summary>Where exchanges wait for their copy. Offering never waits: when it is full, by count or by bytes, the exchange is dropped.</summary>
internal sealed class ShadowQueue(ShadowOptions options, ByteBudget budget)
{
    private readonly Lanes<ShadowExchange> _lanes = new(options.QueueLimit);

    /// <summary>How many wait.</summary>
    public int Count => _lanes.Count;

    /// <summary>Offers an exchange; its bytes stay reserved until the ledger finishes it.</summary>
    /// <returns>Null when it was taken; else why not.</returns>
    public SkipReason? Offer(ShadowExchange exchange)
    {
        if (!budget.TryReserve(exchange.Capability, exchange.Cost)) return SkipReason.BytesFull;
        if (_lanes.TryWrite(LaneOf(exchange), exchange)) return null;
        budget.Release(exchange.Capability, exchange.Cost);
        return SkipReason.QueueFull;
    }

    // Writes are not held back for the watermark, so they must not stand behind reads that are.
    private static string LaneOf(ShadowExchange exchange) => exchange.Kind == ExchangeKind.DryRun ? exchange.Capability + " writes" : exchange.Capability;

    /// <summary>Works on the exchanges of each capability in the order in which they came.</summary>
    public Task RunAsync(Func<ShadowExchange, CancellationToken, Task> work, CancellationToken stop) =>
        _lanes.RunAsync(options.Concurrency, work, stop);
}
