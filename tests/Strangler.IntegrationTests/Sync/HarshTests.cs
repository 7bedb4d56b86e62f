using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Stores that go away, come back, forget and hold commits up.</summary>
public sealed class HarshTests(HarshClusters clusters) : IClassFixture<HarshClusters>
{
    [Fact]
    public async Task Read_CommitInTheLogButNotVisible_WaitsForIt()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await lab.AddProductsAsync(1, 3);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var waits = adapters.Count("strangler.sync.visibility.waits");

        // A commit waits for a standby that nobody is: its record is in the log, and no snapshot shows it.
        await SetStandbyAsync("nobody");
        var update = lab.SourceAsync("update products set name = 'late' where prod_id = 1");
        await Eventually.TrueAsync("the reader waits", () => waits.Sum > 3);
        update.IsCompleted.ShouldBeFalse();
        (await lab.SourceValueAsync<string>("select name from products where prod_id = 1")).ShouldBe("Product 1");
        (await lab.TargetValueAsync<string>("select name from catalog.product where number = 1")).ShouldBe("Product 1");

        await SetStandbyAsync("");
        await update;
        await lab.InStepAsync();
        (await lab.TargetValueAsync<string>("select name from catalog.product where number = 1")).ShouldBe("late");
    }

    [Fact]
    public async Task Start_SlotLost_RefillsByItself()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await lab.AddProductsAsync(1, 50);
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
        }

        await lab.SourceAsync("delete from products where prod_id <= 5; update products set name = 'while away' where prod_id > 40");
        await Eventually.TrueAsync("the slot is lost", async () =>
        {
            await clusters.Legacy.ExecuteAsync("postgres", "create table if not exists filler (t text)");
            await clusters.Legacy.ExecuteAsync("postgres", "insert into filler select repeat('x', 1000) from generate_series(1, 10000)");
            await clusters.Legacy.ExecuteAsync("postgres", "select pg_switch_wal()");
            await clusters.Legacy.ExecuteAsync("postgres", "checkpoint");
            return await lab.SourceValueAsync<string>($"select wal_status from pg_replication_slots where slot_name = '{lab.Slot}'") == "lost";
        });

        await using var again = lab.Adapters();
        using var gaps = again.Count("strangler.sync.gaps");
        await again.StartAsync();
        await lab.InStepAsync();
        gaps.Sum.ShouldBe(1);
    }

    [Fact]
    public async Task Follow_TargetKilledAndBack_CatchesUp()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await clusters.Services.Kill9Async();
        await lab.SourceAsync("update products set name = 'while the target was away' where prod_id < 10; delete from products where prod_id = 20");
        await Eventually.TrueAsync("stopped", () => adapters.Stream is { State: StreamStates.Stopped, Error: not null });
        await clusters.Services.StartAsync(TestContext.Current.CancellationToken);

        await lab.InStepAsync();
        await Eventually.TrueAsync("following", () => adapters.Stream.State == StreamStates.Following);
    }

    [Fact]
    public async Task Follow_SourceStoppedHardAndBack_GoesOnWithoutGap()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await StopSourceHardAsync(lab, clusters.Legacy);
    }

    /// <summary>The source stops at once and comes back, with changes just before and after.</summary>
    internal static async Task StopSourceHardAsync(SyncLab lab, PrivateCluster source)
    {
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var gaps = adapters.Count("strangler.sync.gaps");

        await lab.SourceAsync("update products set name = 'just before' where prod_id < 10");
        await source.StopAsync(StopMode.Immediate);
        await Eventually.TrueAsync("stopped", () => adapters.Stream.State == StreamStates.Stopped);
        await source.StartAsync(TestContext.Current.CancellationToken);
        await lab.SourceAsync("update products set name = 'just after' where prod_id > 10");

        await lab.InStepAsync();
        gaps.Sum.ShouldBe(0);
    }

    private async Task SetStandbyAsync(string name)
    {
        await clusters.Legacy.ExecuteAsync("postgres", $"alter system set synchronous_standby_names = '{name}'");
        await clusters.Legacy.ExecuteAsync("postgres", "select pg_reload_conf()");
        await Eventually.TrueAsync("the setting is read", async () =>
        {
            await using var connection = new Npgsql.NpgsqlConnection(clusters.Legacy.ConnectionString("postgres") + ";Pooling=false");
            return await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "show synchronous_standby_names") == name;
        });
    }
}
