using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>A comparison finds every difference, and none where there is traffic only.</summary>
public sealed class CompareTests(SharedClusters clusters)
{
    [Fact]
    public async Task Compare_EqualStores_IsClean()
    {
        await using var lab = await LabAsync(250);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);

        var run = await client.CompareAsync();

        run.Verdict.ShouldBe("clean", Found(run));
        run.Entities.ShouldHaveSingleItem().ShouldBe(new EntityComparison("product", 250, 250, 3, 3, UnchangedSince: null, 0));
        (run.Done, run.Mode).ShouldBe((250, "full"));
    }

    [Fact]
    public async Task Compare_UnderLoad_IsClean()
    {
        await using var lab = await LabAsync(250);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(lab, stop.Token);

        for (var i = 0; i < 3; i++)
        {
            var run = await client.CompareAsync();
            run.Verdict.ShouldBe("clean", Found(run));
        }

        await stop.CancelAsync();
        await load;
    }

    [Fact]
    public async Task CompareExact_UnderLoadWithAKeyThatNeverRests_IsCleanUntilARowIsTamperedWith()
    {
        await using var lab = await LabAsync(250);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(LoadAsync(lab, stop.Token), HeatAsync(lab, stop.Token));

        for (var i = 0; i < 3; i++)
        {
            var run = await client.CompareAsync(exact: true);
            (run.Mode, run.Verdict).ShouldBe(("exact", "clean"), Found(run));
            run.Done.ShouldBeGreaterThanOrEqualTo(250);
        }

        // The load writes products 1 to 250 and 1000 and up; this one rests.
        await lab.AddProductsAsync(500, 1);
        await Eventually.TrueAsync("it is there", async () => await lab.TargetValueAsync<long>("select count(*) from catalog.product where number = 500") == 1);
        await lab.TargetAsync("update catalog.product set price = price + 1 where number = 500");
        var tampered = await client.CompareAsync(exact: true);

        await stop.CancelAsync();
        await load;
        (tampered.Verdict, Found(tampered)).ShouldBe(("differences", "product 500 changed: catalog.product.price"));
        await Eventually.TrueAsync("neither store is held any longer", async () =>
            await lab.SourceValueAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and usename = 'strangler_reader' and state like 'idle in transaction%'")
            + await lab.TargetValueAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and usename = 'strangler_writer' and state like 'idle in transaction%'") == 0);
    }

    [Fact]
    public async Task Compare_KeyThatNeverRests_IsNoDifference()
    {
        await using var lab = await LabAsync(20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        using var stop = new CancellationTokenSource();
        var hot = HeatAsync(lab, stop.Token);

        for (var i = 0; i < 3; i++)
        {
            var run = await client.CompareAsync();
            run.Differences.ShouldBe(0, Found(run));
            run.Items.ShouldAllBe(item => item.Kind == "changing" && item.Key == "7");
        }

        await stop.CancelAsync();
        await hot;
    }

    [Theory]
    [InlineData("update catalog.product set price = price + 1 where number = 7", "product 7 changed: catalog.product.price")]
    [InlineData("update catalog.product set name = name || ' ' where number = 7", "product 7 changed: catalog.product.name")]
    [InlineData("delete from catalog.product_image where product_id = (select id from catalog.product where number = 7) and position = 1", "product 7 changed: catalog.product_image (row missing)")]
    [InlineData("insert into catalog.product_image (product_id, position, url) select id, 99, '/x' from catalog.product where number = 7", "product 7 changed: catalog.product_image (row too much)")]
    [InlineData("delete from catalog.product where number = 7", "product 7 missing: catalog.product (row missing), catalog.product_category (row missing), catalog.product_image (row missing)")]
    [InlineData("insert into catalog.product select '00000000-0000-0000-0000-000000000009', 999, 'X', name, description, price, currency, weight_grams, status, available, search_text, created_at, updated_at from catalog.product where number = 7", "product 00000000-0000-0000-0000-000000000009 stray: ")]
    public async Task Compare_TamperedTarget_NamesKeyAndFields(string tampering, string found)
    {
        await using var lab = await LabAsync(20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");

        await lab.TargetAsync(tampering);
        var run = await client.CompareAsync();

        (run.Verdict, run.Differences).ShouldBe(("differences", 1), Found(run));
        Found(run).ShouldBe(found);
        (await lab.TargetValueAsync<string>($"select verdict || ' ' || actor from sync.recon_run where id = {run.Id}")).ShouldBe("differences test");
        (await lab.TargetValueAsync<long>($"select count(*) from sync.recon_diff where run = {run.Id}")).ShouldBe(1);
    }

    [Fact]
    public async Task Compare_ExtraAggregateThatWasOnceApplied_HasItsKey()
    {
        await using var lab = await LabAsync(20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");

        // Deleted where no change is written to the stream.
        await lab.SourceAsync("alter publication strangler drop table products, product_images, stock");
        await lab.SourceAsync("delete from product_images where prod_id = 7; delete from stock where prod_id = 7; delete from products where prod_id = 7");
        await lab.TargetAsync("insert into sync.applied values ('product', '7', '', '0/0', 1) on conflict do nothing");
        var run = await client.CompareAsync();

        Found(run).ShouldStartWith("product 7 extra");
    }

    [Fact]
    public async Task Compare_KeysThatWaitOrFail_AreToldApart()
    {
        await using var lab = await LabAsync(20);
        await using var adapters = await lab.StartAsync();
        using var client = new AdaptersClient(adapters);
        (await client.CompareAsync()).Verdict.ShouldBe("clean");

        await lab.TargetAsync("""
            update catalog.product set price = price + 1 where number in (7, 8);
            insert into sync.dirty (stream, entity, key, reason, not_before) values
                ('catalog', 'product', '7', 'retry', 'infinity'), ('catalog', 'product', '8', 'retry', 'infinity');
            insert into sync.dead_letter values ('catalog', 'product', '8', 'mapping', 'x', 1, now(), now())
            """);
        var run = await client.CompareAsync();

        (run.Verdict, run.Differences, run.Waiting, run.DeadLetters).ShouldBe(("undetermined", 0, 1, 1), Found(run));
    }

    private async Task<SyncLab> LabAsync(int products)
    {
        var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        lab.Settings["Sync:ComparePage"] = "100";
        await lab.AddProductsAsync(1, products);
        return lab;
    }

    private static string Found(CompareRun run) => string.Join(
        "; ", run.Items.Select(item => $"{item.Entity} {item.Key} {item.Kind}: {string.Join(", ", item.Fields.Select(field => field.Name))}"));

    private static async Task HeatAsync(SyncLab lab, CancellationToken stop)
    {
        for (var price = 1; !stop.IsCancellationRequested; price++)
        {
            await lab.SourceAsync($"update products set price_cents = {price} where prod_id = 7");
        }
    }

    private static async Task LoadAsync(SyncLab lab, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = (i * 37 % 250) + 1;
            await lab.SourceAsync($"""
                update products set price_cents = price_cents + 1, name = 'Load {i}' where prod_id = {key};
                update stock set qty = qty + 1 where prod_id = {key};
                delete from product_images where prod_id = {key} and pos = {i % 3}
                """);
            await lab.AddProductsAsync(1000 + i, 1);
            await lab.SourceAsync($"""
                delete from product_images where prod_id = {1000 + i - 3}; delete from stock where prod_id = {1000 + i - 3};
                delete from products where prod_id = {1000 + i - 3}
                """);
        }
    }
}
