using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Modes;

/// <summary>One slot, two targets, one of which goes away.</summary>
public sealed class FanOutTests(SharedClusters clusters) : IDisposable
{
    private const string All = "select coalesce(string_agg(id || '=' || amount, ',' order by id), '') from ";

    private readonly TemporaryDirectory _journals = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TargetAway_OthersGoOnAndTheSlotToo_AndNothingIsReadTwiceWhenItIsBack()
    {
        await using var away = await PrivateCluster.CreateTemporaryAsync(cancellation: Cancellation);
        await using var lab = await LabAsync(away);
        await using var adapters = await StartAsync(lab, away);
        using var gaps = adapters.Count("strangler.sync.gaps");

        await away.Kill9Async();
        await lab.SourceAsync("update account set amount = 7 where id = 1; delete from account where id = 2; insert into account values (50, 5, null)");
        await lab.SourceAsync("update products set name = 'goes on' where prod_id = 1");
        await Eventually.TrueAsync("the other stream goes on", async () =>
            await lab.TargetValueAsync<string>("select name from catalog.product where number = 1") == "goes on");
        var position = await lab.SourceValueAsync<string>("select pg_current_wal_lsn()::text");
        await Eventually.TrueAsync("the slot moves on", () => SlotIsPastAsync(lab, position), () => string.Join("; ", adapters.Streams));
        adapters.Streams[1].State.ShouldBe(StreamStates.Journaling);
        adapters.Streams[0].State.ShouldBe(StreamStates.Following);

        await away.StartAsync(Cancellation);
        await Eventually.TrueAsync("the target has caught up", () => AreEqualAsync(lab, away), () => string.Join("; ", adapters.Streams));
        await Eventually.TrueAsync("following", () => adapters.Streams[1] is { State: StreamStates.Following, Waiting: 0, Watermark: not null });
        gaps.Sum.ShouldBe(0);
    }

    [Fact]
    public async Task TargetAway_AdaptersKilledMeanwhile_JournalBridgesTheGap()
    {
        await using var away = await PrivateCluster.CreateTemporaryAsync(cancellation: Cancellation);
        await using var lab = await LabAsync(away);
        await JournalAndStopAsync(lab, away);
        (await GapsOfNextStartAsync(lab, away)).ShouldBe(0);
    }

    [Fact]
    public async Task TargetAway_JournalLost_EverythingIsReadAgain()
    {
        await using var away = await PrivateCluster.CreateTemporaryAsync(cancellation: Cancellation);
        await using var lab = await LabAsync(away);
        await JournalAndStopAsync(lab, away);
        Directory.EnumerateFileSystemEntries(_journals.Path).ToList().ForEach(entry => Directory.Delete(entry, recursive: true));
        (await GapsOfNextStartAsync(lab, away)).ShouldBe(1);
    }

    public void Dispose() => _journals.Dispose();

    /// <summary>The target goes away, changes are journaled so that the slot moves on, and the adapters end.</summary>
    private static async Task JournalAndStopAsync(SyncLab lab, PrivateCluster away)
    {
        await using var adapters = await StartAsync(lab, away);
        await away.Kill9Async();
        await lab.SourceAsync("update account set amount = 7 where id = 1; delete from account where id = 2");
        var position = await lab.SourceValueAsync<string>("select pg_current_wal_lsn()::text");
        await Eventually.TrueAsync("the slot moves on", () => SlotIsPastAsync(lab, position), () => string.Join("; ", adapters.Streams));
    }

    private static async Task<long> GapsOfNextStartAsync(SyncLab lab, PrivateCluster away)
    {
        await away.StartAsync(Cancellation);
        await using var adapters = Build(lab);
        using var gaps = adapters.Count("strangler.sync.gaps");
        await adapters.StartAsync();
        await Eventually.TrueAsync("the target has caught up", () => AreEqualAsync(lab, away), () => string.Join("; ", adapters.Streams));
        return gaps.Sum;
    }

    private async Task<SyncLab> LabAsync(PrivateCluster away)
    {
        var lab = await SyncLab.CreateAsync(clusters);
        await away.CreateDatabaseAsync("second", "second", cancellation: Cancellation);
        await away.ExecuteAsync("second", "create schema catalog", Cancellation);
        await away.ExecuteAsync("second", AccountMapping.TargetSchema, Cancellation);
        await lab.SourceAsync(AccountMapping.SourceSchema);
        await lab.SourceAsync("insert into account select n, n, null from generate_series(1, 20) n");
        await lab.AddProductsAsync(1, 5);
        lab.Settings["ConnectionStrings:Second"] = away.ConnectionString("second");
        lab.Settings["ConnectionStrings:SecondOwner"] = away.ConnectionString("second");
        lab.Settings["Sync:JournalAfter"] = "00:00:01";
        lab.Settings["Sync:JournalFolder"] = _journals.Path;
        return lab;
    }

    private static AdapterHost Build(SyncLab lab) => AdapterHost.Build(lab.Settings, sync => sync
        .AddStream("catalog", "Legacy", "Catalog", SyncLab.Mapping)
        .AddStream("accounts", "Legacy", "Second", new AccountMapping()));

    private static async Task<AdapterHost> StartAsync(SyncLab lab, PrivateCluster away)
    {
        var adapters = Build(lab);
        var (code, said) = await adapters.InstallAsync();
        code.ShouldBe(0, said);
        await adapters.StartAsync();
        await Eventually.TrueAsync("both targets are filled", async () =>
            await AreEqualAsync(lab, away) && adapters.Streams.All(stream => stream.State == StreamStates.Following), () => string.Join("; ", adapters.Streams));
        return adapters;
    }

    private static Task<bool> SlotIsPastAsync(SyncLab lab, string? position) =>
        lab.SourceValueAsync<bool>($"select confirmed_flush_lsn >= '{position}' from pg_replication_slots where slot_name = '{lab.Slot}'");

    private static async Task<bool> AreEqualAsync(SyncLab lab, PrivateCluster away)
    {
        await using var connection = new NpgsqlConnection(away.ConnectionString("second") + ";Pooling=false");
        return await lab.SourceValueAsync<string>(All + "account") == await connection.ExecuteScalarAsync<string>(All + "catalog.account");
    }
}
