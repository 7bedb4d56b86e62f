using System.Net.Http.Json;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What the adapters say before anything is installed.</summary>
public sealed class PreviewTests(SharedClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_NothingInstalled_ShowsEveryStatementThatInstallRunsAndTouchesNothing()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.PreviewAsync();

        code.ShouldBe(0, output);
        output.Split(Environment.NewLine).ShouldAllBe(line => line.Length <= 80);
        output.ShouldContain("Legacy: source of catalog, looked at as shop");
        output.ShouldContain("  owner   catalog of all fields");
        await NothingIsInstalledAsync(lab);
        var (_, installed) = await adapters.InstallAsync();
        var said = Plain(output);
        foreach (var statement in Plain(installed).Split("Legacy: ").SelectMany(part => part.Split("Catalog: ")).Where(part => !part.StartsWith("warning", StringComparison.Ordinal)))
        {
            said.ShouldContain(statement.Trim());
        }

        var (again, nothing) = await adapters.PreviewAsync();
        again.ShouldBe(0);
        nothing.ShouldContain("Installing would run 0 statements.");
    }

    [Fact]
    public async Task Preview_OrdinaryRolesOnly_ShowsTheSame()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["ConnectionStrings:LegacyOwner"] = null;
        lab.Settings["ConnectionStrings:CatalogOwner"] = null;
        await using var adapters = lab.Adapters();

        var (code, output) = await adapters.PreviewAsync();

        code.ShouldBe(0, output);
        output.ShouldContain("looked at as strangler_reader");
        Plain(output).ShouldContain("grant select on \"public\".\"products\" to \"strangler_reader\";");
        Plain(output).ShouldContain("grant select, insert, update, delete on \"catalog\".\"product\" to \"strangler_writer\";");
        (await adapters.InstallAsync()).Output.ShouldContain("set ConnectionStrings__LegacyOwner");
    }

    [Fact]
    public async Task Preview_TableWithoutAnyKey_IsRefusedOverTheApiToo()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await lab.SourceAsync("drop index stock_prod_wh; create index stock_prod_wh on stock (prod_id, wh)");
        await using var adapters = lab.Adapters();
        // Nothing is installed, and the API answers all the same.
        await adapters.StartAsync();
        using var client = new AdaptersClient(adapters);

        var (code, output) = await adapters.PreviewAsync();
        var preview = (await client.Http.GetFromJsonAsync("/v1/preview", AdaptersJson.Default.InstallPreview, Cancellation))!;

        code.ShouldBe(1);
        Plain(output).ShouldContain("refused public.stock has no replica identity that contains prod_id");
        preview.Possible.ShouldBeFalse();
        preview.Stores.Select(store => (store.Name, store.Side, store.Refusals.Count)).ShouldBe([("Legacy", "source", 1), ("Catalog", "target", 0)]);
        preview.Stores[0].Statements.ShouldBeEmpty();
        preview.Stores[1].Statements.ShouldContain("create schema if not exists sync");
        preview.Entities.ShouldHaveSingleItem().Reads.ShouldBe(["public.products", "public.product_images", "public.stock"]);
        preview.Entities[0].Writes.ShouldContain(new FieldPreview("catalog.product", "price", "catalog"));
        await NothingIsInstalledAsync(lab);
    }

    private static async Task NothingIsInstalledAsync(SyncLab lab)
    {
        (await lab.SourceValueAsync<long>("select count(*) from pg_publication")).ShouldBe(0);
        (await lab.SourceValueAsync<string>("select string_agg(distinct relreplident::text, '') from pg_class where relname in ('stock', 'product_images', 'products')")).ShouldBe("d");
        (await lab.SourceValueAsync<bool>("select has_table_privilege('strangler_reader', 'products', 'select')")).ShouldBeFalse();
        (await lab.TargetValueAsync<bool>("select to_regnamespace('sync') is null")).ShouldBeTrue();
    }

    private static string Plain(string text) => string.Join(' ', text.Replace("would run", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
