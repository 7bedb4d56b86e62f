using LegacyShop.Jobs;
using LegacyShop.Services;
using Npgsql;
using Shop.Adapters.Inventory;
using Shouldly;

namespace Strangler.IntegrationTests.Parity;

public sealed class InventoryParityTests(SharedClusters clusters)
{
    [Fact]
    public async Task GetStock_AfterANightOfTheMonolith_BothAnswerTheSame()
    {
        await using var lab = await CapabilityLab.StartAsync(clusters, "Inventory", new ItemMapping());
        await using (var database = NpgsqlDataSource.Create(lab.Shop))
        {
            var night = await new NightlyStockJob(database, new ShopClock(TimeProvider.System)).RunAsync(7);
            night.StockRemoved.ShouldBeGreaterThan(0);
        }

        await lab.ChangeShopAsync("""
            update products set sku = 'RENAMED' where sku = 'SKU-00002';
            update products set deleted = 'Y' where sku = 'SKU-00003';
            delete from stock where prod_id = (select prod_id from products where sku = 'SKU-00004');
            insert into stock values (5, 'A', 3, '2024-05-01 08:00'), (5, 'ß', -3, '2024-05-01 08:00')
            """);
        await lab.InStepAsync();

        using var monolith = new HttpClient { BaseAddress = lab.Monolith };
        foreach (var sku in Enumerable.Range(1, 200).Select(number => $"SKU-{number:D5}").Concat(["RENAMED", "NOBODY", "sku-00001"]))
        {
            using var legacy = await monolith.GetAsync("/api/stock/" + sku, TestContext.Current.CancellationToken);
            using var answer = await lab.Service.Client.GetAsync("/v1/stock/" + sku, TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBe(legacy.StatusCode, sku);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .ShouldBe(await legacy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), sku);
        }
    }
}
