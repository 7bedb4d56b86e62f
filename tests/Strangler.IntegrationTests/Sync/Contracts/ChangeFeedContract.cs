using Npgsql;
using Shouldly;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What the engine relies on in every change feed.</summary>
public abstract class ChangeFeedContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<SyncLab> LabAsync();

    [Fact]
    public async Task Read_CommitsOneAfterAnother_EndsRiseAndNothingComesTwice()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());
        for (var i = 1; i <= 20; i++)
        {
            await lab.SourceAsync($"update products set name = 'n' where prod_id = {i}");
        }

        await session.CatchUpAsync();
        session.Keys.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 20).Select(i => $"{i}").Order(StringComparer.Ordinal));
        session.Transactions.Select(transaction => transaction.End).ShouldBeInOrder();
        session.Transactions.Where(transaction => transaction.IsLast).Select(transaction => transaction.End).ShouldBeUnique();
        // In the order of the commits, where they come in transactions of their own.
        session.Transactions.Select(transaction => transaction.Changes.Keys.Max(key => int.Parse(key.Key, null))).ShouldBeInOrder();
        session.Feed.Received.ShouldBeGreaterThanOrEqualTo(session.Transactions[^1].End);
    }

    [Fact]
    public async Task Read_CommitsInAnotherOrderThanBegun_AllCome()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());
        await using var connection = new NpgsqlConnection(lab.SourceConnection);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await Dapper.SqlMapper.ExecuteAsync(connection, "update products set name = 'early' where prod_id = 1");
        await lab.SourceAsync("update products set name = 'late' where prod_id = 2");

        await session.CatchUpAsync();
        session.Keys.ShouldBe(["2"]);
        await transaction.CommitAsync(Cancellation);
        await session.CatchUpAsync();
        session.Keys.ShouldBe(["2", "1"]);
    }

    [Fact]
    public async Task Read_RolledBack_NeverComes()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());

        await lab.SourceAsync("begin; update products set name = 'never' where prod_id = 1; rollback");
        await lab.SourceAsync("begin; savepoint s; update products set name = 'never' where prod_id = 3; rollback to s; update products set name = 'kept' where prod_id = 2; commit");

        await session.CatchUpAsync();
        session.Keys.ShouldBe(["2"]);
    }

    [Fact]
    public async Task Read_NewSession_BringsAgainWhatWasNotAcknowledgedBehindAllEarlierPositions()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        var ports = adapters.SourcePorts();
        await using var first = await FeedSession.OpenAsync(ports.OpenFeed());
        await lab.SourceAsync("update products set name = 'applied' where prod_id = 1");
        await first.CatchUpAsync();
        var applied = first.Transactions[^1].End;
        await first.Feed.AcknowledgeAsync(applied, Cancellation);
        await lab.SourceAsync("update products set name = 'not applied' where prod_id = 2");
        await first.CatchUpAsync();
        await first.DisposeAsync();

        await lab.SourceAsync("update products set name = 'while away' where prod_id = 3");
        await using var second = await FeedSession.OpenAsync(ports.OpenFeed());
        second.Identity.ShouldBe(first.Identity);
        (await second.Feed.SlotAsync(Cancellation)).ShouldNotBeNull().Confirmed.ShouldBeLessThanOrEqualTo(applied);
        await second.CatchUpAsync();
        second.Keys.Where(key => key != "1").ShouldBe(["2", "3"], ignoreOrder: true);
        second.Transactions.Where(transaction => transaction.Changes.Keys.Any(key => key.Key != "1")).ShouldAllBe(transaction => transaction.End > applied);
    }

    [Fact]
    public async Task Slot_MadeAnew_StartsBehindEverythingBefore()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        var ports = adapters.SourcePorts();
        await using var first = await FeedSession.OpenAsync(ports.OpenFeed());
        await lab.SourceAsync("update products set name = 'before' where prod_id = 1");
        await first.CatchUpAsync();
        var before = first.Transactions[^1].End;
        await first.DisposeAsync();

        await using var feed = ports.OpenFeed();
        await feed.IdentifyAsync(Cancellation);
        var start = await feed.RecreateSlotAsync(Cancellation);
        start.ShouldBeGreaterThan(before);
        await lab.SourceAsync("update products set name = 'after' where prod_id = 2");
        await using var second = await FeedSession.OpenAsync(feed);
        await second.CatchUpAsync();
        second.Keys.ShouldBe(["2"]);
        second.Transactions.ShouldAllBe(transaction => transaction.End > start);
    }

    [Fact]
    public async Task Read_ChildMovedAndDeleted_MarksEveryParent()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());

        await lab.SourceAsync("update product_images set prod_id = 21 where prod_id = 20; delete from stock where prod_id = 9");

        await session.CatchUpAsync();
        session.Keys.Distinct(StringComparer.Ordinal).ShouldBe(["20", "21", "9"], ignoreOrder: true);
    }

    [Fact]
    public async Task Read_Truncate_SaysThatAllMayHaveChanged()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());
        await lab.SourceAsync("update products set name = 'n' where prod_id = 1; truncate stock");

        await session.CatchUpAsync();
        session.Stale.ShouldBe(["product"]);
    }

    [Fact]
    public async Task Received_QuietSource_PassesEveryPosition()
    {
        await using var lab = await InstalledAsync();
        await using var adapters = lab.Adapters();
        await using var session = await FeedSession.OpenAsync(adapters.SourcePorts().OpenFeed());

        await session.CatchUpAsync();
        await session.CatchUpAsync();
        session.Transactions.ShouldBeEmpty();
        (await session.Feed.RetentionAsync(Cancellation)).Left.ShouldBeInRange(0.3, 1);
    }

    private async Task<SyncLab> InstalledAsync()
    {
        var lab = await LabAsync();
        await lab.AddProductsAsync(1, 30);
        await using var adapters = lab.Adapters();
        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);
        return lab;
    }
}
