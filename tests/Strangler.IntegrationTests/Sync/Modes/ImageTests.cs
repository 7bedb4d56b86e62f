using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync.Modes;

/// <summary>Taking the rows of the log as they are.</summary>
public sealed class ImageTests(SharedClusters clusters)
{
    private const string All = "select coalesce(string_agg(id || '|' || amount || '|' || coalesce(md5(note), '-'), ',' order by id), '') from ";

    [Fact]
    public async Task Follow_ChangesOfEveryKind_TargetEqualsSourceAndNothingIsReadAgain()
    {
        await using var lab = await LabAsync();
        await lab.SourceAsync("insert into account select n, n, null from generate_series(1, 50) n");
        await using var adapters = await StartAsync(lab);
        await InStepAsync(lab);
        // Whoever reads the table now is refused.
        await lab.SourceAsync("revoke select on account from strangler_reader");

        await lab.SourceAsync("update account set amount = amount + 1 where id <= 10; delete from account where id in (11, 12)");
        await lab.SourceAsync("insert into account values (100, 1, 'new'); update account set id = 101 where id = 100; update account set id = 12 where id = 13");
        await lab.SourceAsync("begin; delete from account where id = 20; insert into account values (20, 7, 'again'); commit");
        await InStepAsync(lab);

        adapters.Stream.State.ShouldBe(StreamStates.Following);
        (await lab.TargetValueAsync<long>("select count(*) from sync.applied")).ShouldBe(0);
    }

    [Fact]
    public async Task Follow_LargeValueThatDidNotChange_IsKept()
    {
        await using var lab = await LabAsync();
        await lab.SourceAsync("insert into account select 1, 1, string_agg(md5(n::text), '') from generate_series(1, 1000) n");
        await using var adapters = await StartAsync(lab);
        await InStepAsync(lab);

        await lab.SourceAsync("update account set amount = 2");
        await InStepAsync(lab);

        (await lab.TargetValueAsync<int>("select length(note) from catalog.account")).ShouldBe(32_000);
    }

    [Fact]
    public async Task Start_AfterGap_RefillFindsDeletes()
    {
        await using var lab = await LabAsync();
        await lab.SourceAsync("insert into account select n, n, null from generate_series(1, 30) n");
        await using (await StartAsync(lab))
        {
            await InStepAsync(lab);
        }

        await lab.SourceValueAsync<string>($"select pg_drop_replication_slot('{lab.Slot}')::text");
        await lab.SourceAsync("delete from account where id in (1, 30); update account set amount = 0 where id = 7");
        await using var again = AdapterHost.Build(lab.Settings, new AccountMapping(images: true));
        await again.StartAsync();
        await InStepAsync(lab);
    }

    [Fact]
    public void AddStream_MappingWithChildren_CannotTakeImages()
    {
        var refusal = Should.Throw<ArgumentException>(() => AdapterHost.Build(new Dictionary<string, string?>(StringComparer.Ordinal), new Parent()));

        refusal.Message.ShouldStartWith("parent takes the rows of the log, which is for a root without children.");
    }

    private async Task<SyncLab> LabAsync()
    {
        var lab = await SyncLab.CreateAsync(clusters);
        await lab.SourceAsync(AccountMapping.SourceSchema);
        await lab.TargetAsync(AccountMapping.TargetSchema);
        return lab;
    }

    private static async Task<AdapterHost> StartAsync(SyncLab lab)
    {
        var adapters = AdapterHost.Build(lab.Settings, new AccountMapping(images: true));
        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);
        await adapters.StartAsync();
        await Eventually.TrueAsync("following", () => adapters.Stream.State == StreamStates.Following, () => $"{adapters.Stream}");
        return adapters;
    }

    private static Task InStepAsync(SyncLab lab) => Eventually.TrueAsync(
        "both tables are equal",
        async () => await lab.SourceValueAsync<string>(All + "account") == await lab.TargetValueAsync<string>(All + "catalog.account"));

    private sealed class Parent : AggregateMapping<int, Account>
    {
        public Parent()
            : base("parent", version: 1, table: "account", key: "id")
        {
            Child<Account>("child", routedBy: "id");
            Owned<Account>("catalog.account", aggregate: "id", key: "id");
            TakeImages();
        }

        protected override object TargetKey(int key) => key;

        protected override void Map(Account root, SourceRows source, TargetRows target)
        {
        }
    }
}
