using Strangler.Core.Admin;
using Strangler.Demo.Load;
using Strangler.Demo.Shop;
using Strangler.Demo.Watching;

namespace Strangler.Demo.Tour;

/// <summary>What every step of the tour works with.</summary>
internal sealed class TourContext
{
    /// <summary>The capability that moves.</summary>
    public const string Capability = "catalog";

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>The running shop.</summary>
    public required RunningShop Shop { get; init; }

    /// <summary>The admin API of each edge.</summary>
    public required IReadOnlyList<AdminClient> Edges { get; init; }

    /// <summary>The admin API of the first edge.</summary>
    public AdminClient Admin => Edges[0];

    /// <summary>What the shoppers see.</summary>
    public required LoadLedger Ledger { get; init; }

    /// <summary>What the monolith served.</summary>
    public required AccessLog Legacy { get; init; }

    /// <summary>What Catalog served.</summary>
    public required AccessLog Catalog { get; init; }

    /// <summary>The defect that the seed picked.</summary>
    public required Defect Defect { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The clock, the same machine's as the backends'.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Lets the shoppers shop for a while.</summary>
    public Task LetPassAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, Time, cancellation);

    /// <summary>Waits until a condition holds.</summary>
    /// <returns>Whether it held in time.</returns>
    public async Task<bool> WaitAsync(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancellation)
    {
        var started = Time.GetTimestamp();
        while (!await condition())
        {
            if (Time.GetElapsedTime(started) > patience)
            {
                return false;
            }

            Shop.ThrowIfOneDied();
            await Task.Delay(PollEvery, Time, cancellation);
        }

        return true;
    }

    /// <summary>What the edge says about the capability.</summary>
    public Task<CapabilityStatus> StatusAsync(CancellationToken cancellation) => Admin.StatusAsync(Capability, cancellation);

    /// <summary>Waits until every edge decides by a plan, or a later one.</summary>
    /// <returns>Whether all did in time.</returns>
    public async Task<bool> AllAtAsync(long plan, TimeSpan patience, CancellationToken cancellation)
    {
        var started = Time.GetTimestamp();
        foreach (var edge in Edges)
        {
            while ((await edge.StatusAsync(cancellation)).Plan < plan)
            {
                if (Time.GetElapsedTime(started) > patience)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>How many edges say that their control store is away.</summary>
    public async Task<int> CountStaleAsync(CancellationToken cancellation) =>
        (await Task.WhenAll(Edges.Select(edge => edge.IsStaleAsync(cancellation)))).Count(stale => stale);

    /// <summary>At how many edges the capability is killed.</summary>
    public async Task<int> CountKilledAsync(CancellationToken cancellation) =>
        (await Task.WhenAll(Edges.Select(edge => edge.StatusAsync(Capability, cancellation)))).Count(status => status.Killed);

    /// <summary>Catalog reads that shoppers got from the monolith since a time, but for those right after a write of their own.</summary>
    public IReadOnlyList<AccessEntry> LegacyReads(DateTimeOffset since) =>
        [.. ReadsAfterWrites.Without(Legacy.Since(since - ReadsAfterWrites.Window)).Where(entry => entry.Start >= since && entry is { IsByShopper: true, IsCatalogRead: true })];

    /// <summary>Catalog reads that shoppers got from Catalog since a time.</summary>
    public IReadOnlyList<AccessEntry> NewReads(DateTimeOffset since) =>
        [.. Catalog.Since(since).Where(entry => entry is { IsByShopper: true, IsCatalogRead: true, IsShadow: false })];

    /// <summary>Shadow copies that Catalog got since a time.</summary>
    public IReadOnlyList<AccessEntry> ShadowCopies(DateTimeOffset since) =>
        [.. Catalog.Since(since).Where(entry => entry.IsShadow)];
}
