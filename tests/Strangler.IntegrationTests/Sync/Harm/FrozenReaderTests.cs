using Shouldly;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Harm;

/// <summary>A reader that takes nothing any more, and answers nothing, while its connection stands.</summary>
public sealed class FrozenReaderTests(HarshClusters clusters) : IClassFixture<HarshClusters>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // While there is room it waits for none.
    private const int LooksInARow = 20;

    // A server process that is told to end says good-bye to its reader, and waits for as long as that takes; the checkpoint waits for it.
    [Fact]
    public async Task Checkpoint_GivesUpTheSlotOfAFrozenReader_Ends()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        lab.Settings["Sync:JournalAfter"] = "00:00:01";
        await lab.AddProductsAsync(1, 100);
        await using var adapters = lab.Adapters();
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);
        await using var feed = adapters.SourcePorts().OpenFeed();
        await feed.IdentifyAsync(Cancellation);
        await feed.RecreateSlotAsync(Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = feed.ReadAsync(new FrozenSink(), stop.Token);

        // More than the buffers of the connection hold, so that the server waits in the middle of it.
        await lab.SourceAsync("update products set name = 'the last that is taken' where prod_id = 1");
        await lab.SourceAsync("update products set descr = (select string_agg(md5(random()::text || n), '') from generate_series(1, 10000) n)");
        var looks = 0;
        await Eventually.TrueAsync("no room is left for a good-bye", async () =>
        {
            looks = await lab.SourceValueAsync<bool>($"select wait_event = 'WalSenderWriteData' from pg_stat_activity join pg_replication_slots on active_pid = pid where slot_name = '{lab.Slot}'")
                ? looks + 1
                : 0;
            return looks == LooksInARow;
        });
        await clusters.Legacy.ExecuteAsync("postgres", "select pg_switch_wal()", Cancellation);
        await clusters.Legacy.ExecuteAsync("postgres", "checkpoint", Cancellation);

        (await lab.SourceValueAsync<string>($"select wal_status from pg_replication_slots where slot_name = '{lab.Slot}'")).ShouldBe("lost");
        await stop.CancelAsync();
        await reading.ShouldThrowAsync<OperationCanceledException>();
    }

    private sealed class FrozenSink : ITransactionSink
    {
        public void Begin()
        {
        }

        public void Described(TableName table)
        {
        }

        public async ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation) =>
            await Task.Delay(Timeout.Infinite, cancellation);
    }
}
