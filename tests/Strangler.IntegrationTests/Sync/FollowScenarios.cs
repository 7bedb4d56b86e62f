using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What every change feed brings over.</summary>
public abstract class FollowScenarios
{
    private protected abstract Task<SyncLab> LabAsync();

    [Fact]
    public async Task Follow_ChangesOfEveryKind_TargetKeepsInStep()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 60);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        // Inserts, updates, soft and real deletes; children alone, added, changed, moved to another parent and deleted.
        await lab.AddProductsAsync(100, 10);
        await lab.SourceAsync("update products set price_cents = price_cents * 2, categories = 'new' where prod_id % 5 = 0");
        await lab.SourceAsync("update products set deleted = 'Y' where prod_id = 7; update products set active = 'N' where prod_id = 8");
        await lab.SourceAsync("delete from stock where prod_id = 9; delete from product_images where prod_id = 9; delete from products where prod_id = 9");
        await lab.SourceAsync("update stock set qty = qty + 1 where prod_id = 10 and wh = 'HAM'; delete from stock where prod_id = 11 and wh = 'MUC'");
        await lab.SourceAsync("insert into product_images (prod_id, pos, url) values (12, 9, '/img/new.jpg'), (12, 9, '/img/same-place.jpg')");
        await lab.SourceAsync("update product_images set prod_id = 21 where prod_id = 20");
        await lab.SourceAsync("delete from product_images where prod_id = 22");
        await lab.InStepAsync();
    }

    [Fact]
    public async Task Follow_UniqueValueHandedOver_BothArrive()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("begin; update products set sku = 'TMP' where prod_id = 1; update products set sku = 'SKU-1' where prod_id = 2; "
            + "update products set sku = 'SKU-2' where prod_id = 1; commit");
        await lab.SourceAsync("delete from products where prod_id = 3; update products set sku = 'SKU-3' where prod_id = 4");
        await lab.InStepAsync();
    }

    [Fact]
    public async Task Follow_RolledBack_NothingArrives()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 3);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("begin; update products set name = 'never'; rollback; update products set name = 'kept' where prod_id = 1");
        await Eventually.TrueAsync("the later change", async () =>
            await lab.TargetValueAsync<string>("select name from catalog.product where number = 1") == "kept");

        (await lab.DifferencesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_Truncate_EverythingIsReadAgain()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 30);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("truncate stock");
        await lab.InStepAsync();
        await lab.SourceAsync("truncate products");
        await lab.InStepAsync();

        (await lab.TargetValueAsync<long>("select count(*) from catalog.product")).ShouldBe(0);
    }

    [Fact]
    public async Task Map_BadRow_IsSetAsideAndHealsWhenItIsCorrected()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 5);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("update products set currency = '' where prod_id = 2");
        await Eventually.TrueAsync("set aside", () => adapters.Stream.DeadLetters == 1, () => $"{adapters.Stream}");
        (await lab.TargetValueAsync<string>("select entity || ' ' || key || ': ' || message from sync.dead_letter")).ShouldBe("product 2: currency is empty");
        await lab.SourceAsync("update products set name = 'does not wait' where prod_id = 3");
        await Eventually.TrueAsync("the others go on", async () =>
            await lab.TargetValueAsync<string>("select name from catalog.product where number = 3") == "does not wait");
        adapters.Stream.State.ShouldBe(StreamStates.Following);

        await lab.SourceAsync("update products set currency = 'EUR' where prod_id = 2");
        await lab.InStepAsync();
        await Eventually.TrueAsync("nothing is left", () => adapters.Stream is { DeadLetters: 0, Waiting: 0, Error: null }, () => $"{adapters.Stream}");
    }

    [Fact]
    public async Task Start_AfterAPause_AppliesWhatWasMissedWithoutGap()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 20);
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
        }

        await lab.SourceAsync("update products set name = 'while away' where prod_id = 1; delete from products where prod_id = 2");
        await using var again = lab.Adapters();
        using var gaps = again.Count("strangler.sync.gaps");
        await again.StartAsync();
        await lab.InStepAsync();
        gaps.Sum.ShouldBe(0);
    }
}
