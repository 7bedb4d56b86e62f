using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>A repair, with the engine at work: whatever was tampered with is as the owner has it.</summary>
public sealed class HealTests(SharedClusters clusters)
{
    [Theory]
    [InlineData("update catalog.product set price = price + 1 where number = 7")]
    [InlineData("delete from catalog.product_image where product_id = (select id from catalog.product where number = 7) and position = 1")]
    [InlineData("insert into catalog.product_image (product_id, position, url) select id, 99, '/x' from catalog.product where number = 7")]
    [InlineData("delete from catalog.product where number = 7")]
    public async Task Repair_TamperedTarget_IsHealed(string tampering)
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");
        await lab.TargetAsync(tampering);
        (await client.CompareAsync()).Differences.ShouldBe(1);

        var repair = await client.RepairAsync(new RepairRequest(Actor: "ada", Reason: "tampered with"));

        (repair.State, repair.Keys, repair.Repaired, repair.Left).ShouldBe(("finished", 1, 1, 0), repair.Error);
        (await lab.DifferencesAsync()).ShouldBeEmpty();
        (await client.CompareAsync()).Verdict.ShouldBe("clean");
        (await lab.TargetValueAsync<long>("select count(*) from sync.dirty")).ShouldBe(0);
    }

    [Fact]
    public async Task Repair_AggregateThatTheSourceHasNoMore_IsDeleted()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");
        // Deleted where no change is written to the stream.
        await lab.SourceAsync("alter publication strangler drop table products, product_images, stock");
        await lab.SourceAsync("delete from product_images where prod_id = 7; delete from stock where prod_id = 7; delete from products where prod_id = 7");
        (await client.CompareAsync()).Items.ShouldHaveSingleItem().Kind.ShouldBe("extra");

        var repair = await client.RepairAsync(new RepairRequest(Actor: "ada", Reason: "deleted unseen"));

        (repair.Repaired, repair.Left).ShouldBe((1, 0), repair.Error);
        (await lab.TargetValueAsync<long>("select count(*) from catalog.product where number = 7")).ShouldBe(0);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");
    }
}
