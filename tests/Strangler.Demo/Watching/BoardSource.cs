using System.Runtime.CompilerServices;
using Strangler.Demo.Load;
using Strangler.Demo.Shop;

namespace Strangler.Demo.Watching;

/// <summary>Reads the edge at a fixed pace, and runs the monolith's nightly job now and then, as nights do.</summary>
internal sealed class BoardSource(RunningShop shop, AdminClient admin, LoadLedger ledger, int seed, TimeProvider time)
{
    private const int BoardsPerNight = 20;

    /// <summary>Boards until cancelled; the end is orderly, not an exception.</summary>
    public async IAsyncEnumerable<Board> ReadAsync(TimeSpan every, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var opened = time.GetTimestamp();
        using var timer = new PeriodicTimer(every, time);
        var before = ledger.Read();
        for (var number = 1; await NextAsync(timer, cancellation); number++)
        {
            shop.ThrowIfOneDied();
            var now = ledger.Read();
            var perSecond = (now - before).Requests / every.TotalSeconds;
            yield return Board.From(time.GetElapsedTime(opened), await admin.StatusAsync(CancellationToken.None), now, perSecond);
            before = now;
            if (number % BoardsPerNight == 0)
            {
                await shop.RunNightlyStockAsync(seed + number, CancellationToken.None);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
