namespace Strangler.Demo.Load;

/// <summary>All simulated shoppers: about 150 requests a second together, each with at most one on its way.</summary>
internal sealed class ShopperCrowd : IAsyncDisposable
{
    /// <summary>How many there are: enough that a tenth of them is never none.</summary>
    public const int Size = 100;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Shopper> _shoppers;
    private readonly List<Task> _shopping;

    /// <summary>Lets them in.</summary>
    public ShopperCrowd(IReadOnlyList<Uri> edges, int seed, TimeProvider time)
    {
        _shoppers = [.. Enumerable.Range(1, Size).Select(number => new Shopper(number, seed, edges, Ledger, time))];
        _shopping = _shoppers.ConvertAll(shopper => shopper.ShopAsync(_stop.Token));
    }

    /// <summary>What they have seen.</summary>
    public LoadLedger Ledger { get; } = new();

    /// <summary>Sends them home.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_shopping).ContinueWith(_ => { }, TaskScheduler.Default);
        _shoppers.ForEach(shopper => shopper.Dispose());
        _stop.Dispose();
    }
}
