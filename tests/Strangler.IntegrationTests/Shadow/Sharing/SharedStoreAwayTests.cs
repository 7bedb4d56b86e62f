using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow.Sharing;

/// <summary>The store that edges share is killed and comes back: nothing that was counted is lost, and nothing is counted twice.</summary>
public sealed class SharedStoreAwayTests : IAsyncLifetime
{
    private const string Role = "strangler_edge";
    private PrivateCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PrivateCluster.CreateTemporaryAsync(durable: false);
        await _cluster.CreateRoleAsync(Role);
        await _cluster.CreateDatabaseAsync("shadow", "control");
        await ControlSchema.InstallAsync(_cluster.ConnectionString("shadow", "control"), Role, Cancel);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Store_KilledAgainAndAgainWhileEdgesWrite_CountsAreExact()
    {
        SharingEdge[] edges = [Edge("a"), Edge("b")];
        using var stop = new CancellationTokenSource();
        var writers = edges.Select(edge => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                edge.Find("$.price");
                edge.Compare();
                await edge.Flush.FlushAsync(Cancel);
            }

            return count;
        }, Cancel)).ToList();

        for (var round = 0; round < 3; round++)
        {
            var before = edges[0].Compared;
            await Eventually.TrueAsync("some writes", () => edges[0].Compared > before + 10);
            await _cluster.Kill9Async();
            await Eventually.TrueAsync("both edges to notice", () => edges.All(edge => edge.Status.Words(isShared: true) != "postgres"));
            await _cluster.StartAsync(Cancel);
            await Eventually.TrueAsync("both edges to be back", () => edges.All(edge => edge.Status.Words(isShared: true) == "postgres"));
        }

        await stop.CancelAsync();
        var written = (await Task.WhenAll(writers)).Sum();
        foreach (var edge in edges) await Eventually.TrueAsync("the last batch", () => edge.Flush.FlushAsync(Cancel).GetAwaiter().GetResult());
        foreach (var edge in edges)
        {
            await edge.Flush.FlushAsync(Cancel);
            edge.Compared.ShouldBe(written);
            (await edge.Reader.ReadAsync("shop", Cancel)).Groups.ShouldHaveSingleItem().Count.ShouldBe(written);
            await edge.DisposeAsync();
        }
    }

    [Fact]
    public async Task Store_Away_TheEdgeAnswersFromMemoryStaysBoundedAndSaysSo()
    {
        var options = new ShadowOptions { GroupLimit = 20, Retention = TimeSpan.FromDays(3650) };
        await using var edge = new SharingEdge(_cluster.ConnectionString("shadow", Role), "c", options);
        await using var other = Edge("d");
        for (var i = 0; i < 5; i++) other.Find("$.of-the-other");
        await other.Flush.FlushAsync(Cancel);
        await _cluster.Kill9Async();
        for (var i = 0; i < 500; i++) edge.Find("$.frequent");
        for (var i = 0; i < 200; i++) edge.Find(FormattableString.Invariant($"$.p{i}"));
        await edge.Flush.FlushAsync(Cancel);

        var (groups, store) = await edge.Reader.ReadAsync("shop", Cancel);

        store.ShouldStartWith("memory (postgres away since 20");
        groups.Count.ShouldBe(20);
        groups[0].ShouldSatisfyAllConditions(group => group.Path.ShouldBe("$.frequent"), group => group.Count.ShouldBe(500));

        await _cluster.StartAsync(Cancel);
        await Eventually.TrueAsync("the store to be back", () => edge.Flush.FlushAsync(Cancel).GetAwaiter().GetResult());
        (groups, store) = await edge.Reader.ReadAsync("shop", Cancel);
        store.ShouldBe("postgres");
        groups.Single(group => group.Path == "$.frequent").Count.ShouldBe(500);
        groups.ShouldContain(group => group.Path == "$.of-the-other");
    }

    private SharingEdge Edge(string name) => new(_cluster.ConnectionString("shadow", Role), name);
}
