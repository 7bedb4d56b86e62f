using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Starting over: where it goes on, and where it must not.</summary>
public sealed class StartTests(SharedClusters clusters)
{
    [Fact]
    public async Task Start_SlotMovedPastTheCheckpoint_GapIsFoundAndRefilled()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 20);
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
        }

        await lab.SourceAsync("update products set name = 'skipped' where prod_id = 1; delete from products where prod_id = 2");
        await lab.SourceValueAsync<string>($"select end_lsn::text from pg_replication_slot_advance('{lab.Slot}', pg_current_wal_lsn())");
        await using var again = lab.Adapters();
        using var gaps = again.Count("strangler.sync.gaps");
        await again.StartAsync();
        await lab.InStepAsync();
        gaps.Sum.ShouldBe(1);
    }

    [Fact]
    public async Task Start_SlotDropped_RefillFindsDeletes()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 20);
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
        }

        await lab.SourceValueAsync<string>($"select pg_drop_replication_slot('{lab.Slot}')::text");
        await lab.SourceAsync("delete from products where prod_id in (1, 20); update products set name = 'unseen' where prod_id = 7");
        await using var again = lab.Adapters();
        await again.StartAsync();
        await lab.InStepAsync();
        (await lab.TargetValueAsync<long>("select count(*) from sync.applied")).ShouldBe(18);
    }

    [Fact]
    public async Task Start_SecondProcess_WaitsAndTakesOver()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 20);
        await using var second = lab.Adapters();
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
            await second.StartAsync();
            await Eventually.TrueAsync("the second one waits", () => second.Stream.State == StreamStates.Waiting);
            await lab.SourceAsync("update products set name = 'by the first' where prod_id = 1");
            await lab.InStepAsync();
        }

        await lab.SourceAsync("update products set name = 'by the second' where prod_id = 1");
        await lab.InStepAsync();
        await Eventually.TrueAsync("following", () => second.Stream.State == StreamStates.Following);
    }

    [Fact]
    public async Task Start_SlotOfAnotherDatabase_IsRefusedAndLeftAlone()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var other = await SyncLab.CreateAsync(clusters);
        await other.SourceValueAsync<string>($"select slot_name::text from pg_create_logical_replication_slot('{lab.Slot}', 'pgoutput')");
        await using (var adapters = await lab.StartAsync())
        {
            await Eventually.TrueAsync(
                "refused", () => adapters.Stream.Error?.Contains("of another database", StringComparison.Ordinal) == true, () => $"{adapters.Stream}");
        }

        (await lab.SourceValueAsync<long>($"select count(*) from pg_replication_slots where slot_name = '{lab.Slot}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Idle_OthersWrite_SlotMovesOn()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("insert into price_log select n, 1, 2, now() from generate_series(1, 1000) n");
        var position = await lab.SourceValueAsync<string>("select pg_current_wal_lsn()::text");
        await Eventually.TrueAsync("the slot is past it", () => lab.SourceValueAsync<bool>(
            $"select confirmed_flush_lsn >= '{position}' from pg_replication_slots where slot_name = '{lab.Slot}'"));
    }
}
