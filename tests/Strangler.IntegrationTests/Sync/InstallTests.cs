using Shouldly;

namespace Strangler.IntegrationTests.Sync;

/// <summary>The verb install, on stores as they really are.</summary>
public sealed class InstallTests(SharedClusters clusters)
{
    [Fact]
    public async Task Install_Twice_SecondFindsEverythingInPlace()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);
        output.ShouldContain("""Legacy: alter table only "public"."stock" replica identity using index "stock_prod_wh" """.Trim());
        output.ShouldContain("""Legacy: alter table only "public"."product_images" replica identity using index "product_images_prod" """.Trim());
        output.ShouldContain("""Legacy: create publication "strangler" for table "public"."products", "public"."product_images", "public"."stock" """.Trim());

        var (again, said) = await adapters.InstallAsync();
        again.ShouldBe(0, said);
        said.ShouldEndWith($"Legacy: everything is in place{Environment.NewLine}Catalog: everything is in place{Environment.NewLine}");
    }

    [Fact]
    public async Task Install_Done_ApplicationStillUpdatesAndReaderSeesMappedTablesOnly()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 3);
        await using var adapters = lab.Adapters();
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);

        await lab.SourceAsync("update stock set qty = 0; delete from stock where wh = 'HAM'; update price_log set new_cents = 1");
        (await lab.SourceValueAsync<bool>("select has_table_privilege('strangler_reader', 'stock', 'select')")).ShouldBeTrue();
        (await lab.SourceValueAsync<bool>("select has_table_privilege('strangler_reader', 'stock', 'update')")).ShouldBeFalse();
        (await lab.SourceValueAsync<bool>("select has_table_privilege('strangler_reader', 'customers', 'select')")).ShouldBeFalse();
    }

    [Fact]
    public async Task Install_TableWithoutAnyKey_RefusesAndTouchesNothing()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.SourceAsync("drop index stock_prod_wh; create index stock_prod_wh on stock (prod_id, wh)");
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();

        code.ShouldBe(1);
        output.ShouldContain("refused: public.stock has no replica identity that contains prod_id");
        (await lab.SourceValueAsync<long>("select count(*) from pg_publication")).ShouldBe(0);
        (await lab.SourceValueAsync<char>("select relreplident from pg_class where relname = 'product_images'")).ShouldBe('d');
        (await lab.TargetValueAsync<bool>("select to_regnamespace('sync') is null")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("character(8)")]
    [InlineData("text collate loose")]
    public async Task Install_KeyThatCanBeWrittenInTwoWays_Refuses(string type)
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.SourceAsync($"create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false); alter table stock alter prod_id type {type}");
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();

        code.ShouldBe(1);
        output.ShouldContain("refused: public.stock.prod_id is ");
    }

    [Fact]
    public async Task Install_PublicationForAllTables_Refuses()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.SourceValueAsync<string>("create publication strangler for all tables");
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();

        code.ShouldBe(1);
        output.ShouldContain("is for all tables");
    }

    [Fact]
    public async Task Install_TargetWithoutTables_SaysWhatToDo()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.TargetAsync("drop table catalog.product_image");
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();

        code.ShouldBe(1);
        output.ShouldContain("refused: The target has no table catalog.product_image: start the service once");
    }
}
