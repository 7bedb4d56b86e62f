using Dapper;
using Npgsql;
using Shouldly;

namespace Strangler.IntegrationTests.Sync.Triggers;

/// <summary>A source without <c>wal_level = logical</c>.</summary>
public sealed class TriggerFollowTests(PlainClusters clusters) : FollowScenarios, IClassFixture<PlainClusters>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override Task<SyncLab> LabAsync() => clusters.LabAsync();

    [Fact]
    public async Task Follow_LongTransactionEndsLate_IsNotLost()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 10);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await using var connection = new NpgsqlConnection(lab.SourceConnection);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await connection.ExecuteAsync("update products set name = 'begun early' where prod_id = 1");
        for (var i = 2; i <= 4; i++)
        {
            await lab.SourceAsync($"update products set name = 'passes by' where prod_id = {i}");
            await Eventually.TrueAsync("the later one", async () => await lab.TargetValueAsync<string>($"select name from catalog.product where number = {i}") == "passes by");
        }

        await Eventually.TrueAsync("what is done is forgotten", async () => await lab.SourceValueAsync<long>("select count(*) from strangler.change") == 0);
        await transaction.CommitAsync(Cancellation);
        await lab.InStepAsync();
    }

    [Fact]
    public async Task Follow_SourceStoppedHardAndBack_GoesOnWithoutGap()
    {
        await using var lab = await LabAsync();
        await HarshTests.StopSourceHardAsync(lab, clusters.Legacy);
    }

    [Fact]
    public async Task Overflow_AdaptersAway_NotesStayBoundedAndEverythingIsReadAgain()
    {
        await using var lab = await LabAsync();
        lab.Settings["Sync:TriggerBytes"] = "1048576";
        await lab.AddProductsAsync(1, 2000);
        await using (await lab.StartAsync())
        {
            await lab.InStepAsync();
        }

        for (var i = 0; i < 80; i++)
        {
            await lab.SourceAsync($"update products set weight_g = {i}");
        }

        await lab.SourceAsync("update products set name = 'not noted' where prod_id < 100; delete from products where prod_id > 1990");
        (await lab.SourceValueAsync<long>("select pg_table_size('strangler.change')")).ShouldBeLessThan(2_000_000);

        await using var again = lab.Adapters();
        using var gaps = again.Count("strangler.sync.gaps");
        await again.StartAsync();
        await lab.InStepAsync();
        gaps.Sum.ShouldBe(1);
        await lab.SourceAsync("update products set name = 'noted again' where prod_id < 50");
        await lab.InStepAsync();
        (await lab.SourceValueAsync<long>("select pg_table_size('strangler.change')")).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task Overflow_WhileFollowing_EverythingIsReadAgain()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var gaps = adapters.Count("strangler.sync.gaps");

        // As the triggers do when there is no room: the change is not noted, only that there was one.
        await lab.SourceAsync("begin; alter table products disable trigger strangler_update; "
            + "update products set name = 'not noted'; alter table products enable always trigger strangler_update; "
            + "select setval('strangler.missed', 77)::text; commit");
        await lab.InStepAsync();
        gaps.Sum.ShouldBe(1);
    }

    [Fact]
    public async Task Trigger_RoleWithoutAnyGrantOfOurs_WritesAndIsSeen()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 3);
        await clusters.Legacy.CreateRoleAsync("clerk", cancellation: Cancellation);
        await lab.SourceAsync("grant select, update on products to clerk");
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceValueAsync<string>("begin; set local role clerk; update products set name = 'by the clerk' where prod_id = 2; commit; select ''");
        await lab.InStepAsync();
        (await lab.TargetValueAsync<string>("select name from catalog.product where number = 2")).ShouldBe("by the clerk");
        (await lab.SourceValueAsync<bool>("select has_schema_privilege('clerk', 'strangler', 'usage')")).ShouldBeFalse();
    }

    [Fact]
    public async Task Trigger_ColumnRenamed_ApplicationStillWrites()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 3);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("update stock set qty = 5; alter table stock rename prod_id to product");
        await lab.SourceAsync("update stock set qty = 6; delete from stock where product = 2; insert into stock (product, wh, qty, changed) values (2, 'X', 1, now())");
        await Eventually.TrueAsync("it stands still", () => adapters.Stream.Paused.Any(paused => paused.Reason.Contains("prod_id is gone", StringComparison.Ordinal)), () => $"{adapters.Stream}");
        await lab.SourceAsync("alter table stock rename product to prod_id");
        await lab.InStepAsync();
    }

    [Fact]
    public async Task Trigger_HugeStatement_IsOneNote()
    {
        await using var lab = await LabAsync();
        await using var adapters = lab.Adapters();
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);

        await lab.SourceAsync("insert into stock (prod_id, wh, qty, changed) select n, 'HAM', 1, now() from generate_series(1, 100001) n");
        await lab.SourceAsync("update stock set qty = 2 where prod_id <= 100000");

        (await lab.SourceValueAsync<string>("select string_agg(tbl || ' ' || coalesce(col, '-') || ' ' || n, ', ' order by n) from (select tbl, col, sum(coalesce(cardinality(keys), 1)) n from strangler.change group by 1, 2) c"))
            .ShouldBe("public.stock - 1, public.stock prod_id 100000");
    }

    [Fact]
    public async Task Trigger_Dropped_IsNoticedAndHealedByInstall()
    {
        await using var lab = await LabAsync();
        await lab.AddProductsAsync(1, 5);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        await lab.SourceAsync("drop trigger strangler_update on products; update products set name = 'not noted'");
        await Eventually.TrueAsync("noticed", () => adapters.Stream.Error?.Contains("strangler_update of public.products is missing", StringComparison.Ordinal) == true, () => $"{adapters.Stream}");
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);
        await lab.InStepAsync();
    }

    [Fact]
    public async Task Install_Twice_SecondFindsEverythingInPlace()
    {
        await using var lab = await LabAsync();
        await using var adapters = lab.Adapters();
        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);

        var (again, said) = await adapters.InstallAsync();
        again.ShouldBe(0, said);
        said.ShouldContain("Legacy: everything is in place");
    }

    [Fact]
    public async Task Install_Partition_IsRefused()
    {
        await using var lab = await LabAsync();
        await lab.SourceAsync("create table stock_of_2020 () inherits (stock)");
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.InstallAsync();

        code.ShouldBe(1);
        output.ShouldContain("refused: public.stock is a partition, inherits or is inherited from");
        (await lab.SourceValueAsync<bool>("select to_regnamespace('strangler') is null")).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_NotInstalled_SaysWhatToDo()
    {
        await using var lab = await LabAsync();
        await using var adapters = lab.Adapters();
        await adapters.StartAsync();
        await Eventually.TrueAsync("said", () => adapters.Stream.Error?.Contains("run install with Sync:Feed = Triggers", StringComparison.Ordinal) == true, () => $"{adapters.Stream}");
    }
}
