using Npgsql;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow.Sharing;

/// <summary>Several edges, one real PostgreSQL: sums are right, bounds hold.</summary>
public sealed class SharedStoreTests(SharedClusters clusters) : IAsyncLifetime
{
    private const string Role = "strangler_edge";
    private FreshDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await clusters.EmptyControlAsync();
        await ControlSchema.InstallAsync(_database.ConnectionString, Role, Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Groups_OfTwoEdges_AreOneGroupWithBothCountsBuildsAndSamples()
    {
        await using var a = Edge("a");
        await using var b = Edge("b");
        for (var i = 0; i < 30; i++) a.Find("$.price");
        for (var i = 0; i < 12; i++) b.Find("$.price");
        b.Find("$.only-b");
        (await b.Flush.FlushAsync(Cancel)).ShouldBeTrue(b.Status.Error);

        var (groups, store) = await a.Reader.ReadAsync("shop", Cancel);

        store.ShouldBe("postgres");
        groups.Select(group => (group.Path, group.Count)).ShouldBe([("$.price", 42), ("$.only-b", 1)]);
        groups[0].Requests.ShouldBeInRange(39, 45);
        groups[0].Samples!.Count.ShouldBeInRange(5, 8);
        groups[0].LastBuild.ShouldBe("a");
    }

    [Fact]
    public async Task Edges_WritingAtOnce_LoseNoCount()
    {
        SharingEdge[] edges = [Edge("a"), Edge("b"), Edge("c")];
        await Task.WhenAll(edges.Select(edge => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                edge.Find(i % 2 == 0 ? "$.one" : "$.two");
                edge.Compare();
                if (i % 5 == 4) (await edge.Flush.FlushAsync(Cancel)).ShouldBeTrue();
            }
        }, Cancel)));
        await Task.WhenAll(edges.Select(edge => edge.Flush.FlushAsync(Cancel)));

        foreach (var edge in edges)
        {
            await edge.Flush.FlushAsync(Cancel);
            edge.Compared.ShouldBe(180);
            (await edge.Reader.ReadAsync("shop", Cancel)).Groups.Select(group => group.Count).ShouldBe([90, 90]);
            await edge.DisposeAsync();
        }
    }

    [Fact]
    public async Task Flush_AfterARestart_AddsToWhatIsThere()
    {
        await using (var before = Edge("a"))
        {
            before.Find("$.a");
            before.Compare();
            await before.Flush.FlushAsync(Cancel);
        }

        await using var after = Edge("a");
        after.Find("$.a");
        after.Compare();
        await after.Flush.FlushAsync(Cancel);

        after.Compared.ShouldBe(2);
        (await after.Reader.ReadAsync(null, Cancel)).Groups.ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Evidence_OfABuildThatAnotherEdgeHasSeenLast_IsThatBuildsAlone()
    {
        await using var a = Edge("a");
        await using var b = Edge("b");
        for (var i = 0; i < 5; i++) a.Compare();
        await a.Flush.FlushAsync(Cancel);
        for (var i = 0; i < 3; i++) b.Compare("2");
        await b.Flush.FlushAsync(Cancel);
        await a.Flush.FlushAsync(Cancel);

        (a.Compared, b.Compared).ShouldBe((3, 3));
        a.Compare("2");
        await a.Flush.FlushAsync(Cancel);
        await b.Flush.FlushAsync(Cancel);
        (a.Compared, b.Compared).ShouldBe((4, 4));
    }

    [Fact]
    public async Task Quota_MoreRowsThanTheLimit_TheRareGoAndTheJudgedStays()
    {
        var judged = new Judgement(SharingEdge.FingerprintOf("$.rare"), "shop", JudgedAs.Acknowledged, "qa", SharingEdge.Start, "known", null, null, "", []);
        var options = new ShadowOptions { GroupLimit = 5, Retention = TimeSpan.FromDays(3650) };
        await using var edge = new SharingEdge(_database.ConnectionStringFor(Role), "a", options, null, judged);
        edge.Find("$.rare");
        await edge.Flush.FlushAsync(Cancel);
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                edge.Find(FormattableString.Invariant($"$.r{round}i{i}"));
                edge.Find(FormattableString.Invariant($"$.r{round}i{i}"));
            }

            await edge.Flush.FlushAsync(Cancel);
        }

        var groups = (await edge.Reader.ReadAsync("shop", Cancel)).Groups;
        groups.Count.ShouldBe(5);
        groups.ShouldContain(group => group.Path == "$.rare" && group.State == "acknowledged");
    }

    [Fact]
    public async Task Quota_MoreBytesThanTheLimit_SomeGo()
    {
        var options = new ShadowOptions { GroupBytes = 10_000, Retention = TimeSpan.FromDays(3650) };
        await using var edge = new SharingEdge(_database.ConnectionStringFor(Role), "a", options);
        for (var i = 0; i < 50; i++) edge.Find(FormattableString.Invariant($"$.p{i}"));
        await edge.Flush.FlushAsync(Cancel);

        (await ScalarAsync("SELECT sum(octet_length(document)) FROM strangler.shadow_group")).ShouldBeLessThanOrEqualTo(10_000);
        (await edge.Reader.ReadAsync("shop", Cancel)).Groups.Count.ShouldBeInRange(2, 15);
    }

    [Fact]
    public async Task Retention_NotSeenForSevenDays_IsDeletedByTheNextWriter()
    {
        await using var edge = new SharingEdge(_database.ConnectionStringFor(Role), "a", new ShadowOptions());
        edge.Find("$.old", TimeProvider.System.GetUtcNow().AddDays(-8));
        edge.Find("$.young", TimeProvider.System.GetUtcNow().AddDays(-6));
        await edge.Flush.FlushAsync(Cancel);

        (await ScalarAsync("SELECT count(*) FROM strangler.shadow_group")).ShouldBe(1);
        (await edge.Reader.ReadAsync("shop", Cancel)).Groups.ShouldHaveSingleItem().Path.ShouldBe("$.young");
    }

    [Fact]
    public async Task Store_OfAnOlderSchema_IsAwayAndSaysWhatToRun()
    {
        await ExecuteAsync("DROP TABLE strangler.shadow_group");
        await using var edge = Edge("a");
        edge.Find("$.a");

        var (groups, store) = await edge.Reader.ReadAsync("shop", Cancel);

        groups.ShouldHaveSingleItem().Count.ShouldBe(1);
        store.ShouldStartWith("memory (postgres away since ");
        await ControlSchema.InstallAsync(_database.ConnectionString, Role, Cancel);
        (await edge.Reader.ReadAsync("shop", Cancel)).Store.ShouldBe("postgres");
    }

    private SharingEdge Edge(string name) => new(_database.ConnectionStringFor(Role), name);

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancel), null);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
