using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What the engine, and the owner of the source, rely on in the aggregate reader. A commit that is in the log only is in <see cref="HarshTests"/>.</summary>
public sealed class AggregateReaderContract(SharedClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ChildMovesBetweenTwoTables_IsSeenWhollyOrNotAtAll()
    {
        await using var session = await OpenAsync();
        var (mover, _) = await session.BeginAsync("lock table product_images in access exclusive mode");
        await using var ends = mover;

        // The reader has seen the root rows when it comes to the images.
        var reading = session.Reader.ReadAsync(ReaderSession.Products(1, 2), [], Cancellation);
        await session.WaitsForLockAsync();
        await mover.ExecuteAsync("update products set name = 'moved' where prod_id in (1, 2); update product_images set prod_id = 1 where prod_id = 2; commit");

        var before = (await reading).Aggregates;
        ReaderSession.Look(before, 1).ShouldBe("Product 1 1");
        ReaderSession.Look(before, 2).ShouldBe("Product 2 2");
        var after = (await session.Reader.ReadAsync(ReaderSession.Products(1, 2), [], Cancellation)).Aggregates;
        ReaderSession.Look(after, 1).ShouldBe("moved 3");
        ReaderSession.Look(after, 2).ShouldBe("moved 0");
    }

    [Fact]
    public async Task Read_TransactionNotVisibleYet_WaitsAndShowsIt()
    {
        await using var session = await OpenAsync();
        var (writer, xid) = await session.BeginAsync("update products set name = 'new' where prod_id = 1");
        await using var ends = writer;

        var reading = session.Reader.ReadAsync(ReaderSession.Products(1), [xid], Cancellation);
        await Eventually.TrueAsync("the reader waits", () => session.Waits.Sum > 3);
        reading.IsCompleted.ShouldBeFalse();
        // Who has not heard of it does not wait for it.
        ReaderSession.Look((await session.Reader.ReadAsync(ReaderSession.Products(1), [], Cancellation)).Aggregates, 1).ShouldBe("Product 1 1");
        await writer.ExecuteAsync("commit");

        ReaderSession.Look((await reading).Aggregates, 1).ShouldBe("new 1");
    }

    [Fact]
    public async Task Read_OneOfManyTransactionsNotVisible_WaitsForIt()
    {
        await using var session = await OpenAsync();
        var (first, early) = await session.BeginAsync("update products set name = 'early' where prod_id = 1");
        await using var ends = first;
        var (second, late) = await session.BeginAsync("update products set name = 'late' where prod_id = 2");
        await using var endsToo = second;
        await second.ExecuteAsync("commit");

        var reading = session.Reader.ReadAsync(ReaderSession.Products(1, 2), [late, early], Cancellation);
        await Eventually.TrueAsync("the reader waits", () => session.Waits.Sum > 3);
        reading.IsCompleted.ShouldBeFalse();
        await first.ExecuteAsync("rollback");

        var aggregates = (await reading).Aggregates;
        ReaderSession.Look(aggregates, 1).ShouldBe("Product 1 1");
        ReaderSession.Look(aggregates, 2).ShouldBe("late 2");
    }

    [Fact]
    public async Task Read_Cancelled_EndsAndLeavesNothingOpen()
    {
        await using var session = await OpenAsync();
        var (writer, xid) = await session.BeginAsync("update products set name = 'new' where prod_id = 1");
        await using var ends = writer;
        using var stop = new CancellationTokenSource();

        var reading = session.Reader.ReadAsync(ReaderSession.Products(1), [xid], stop.Token);
        await Eventually.TrueAsync("the reader waits", () => session.Waits.Sum > 0);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
        await session.HasNoTransactionAsync();
    }

    [Fact]
    public async Task Read_EveryKeyAskedFor_IsAnsweredOnceMissingOnesWithoutRoot()
    {
        await using var session = await OpenAsync();
        await session.Lab.SourceAsync("insert into odd values ('1', 'not a product'); insert into odd_part values ('orphan', 1)");

        var read = await session.Reader.ReadAsync(
            [.. ReaderSession.Products(3, 99), new DirtyKey("odd", "1"), new DirtyKey("odd", "orphan")], [], Cancellation);

        read.Aggregates.Select(aggregate => $"{aggregate.Mapping.Entity} {aggregate.Key}").Order(StringComparer.Ordinal)
            .ShouldBe(["odd 1", "odd orphan", "product 3", "product 99"]);
        read.Aggregates.Where(aggregate => aggregate.Mapping.MapAggregate(aggregate.Rows) is null).Select(aggregate => aggregate.Key)
            .ShouldBe(["99", "orphan"], ignoreOrder: true);
    }

    [Fact]
    public async Task Keys_OthersComeAndGoBetweenPages_EveryStandingKeyOnceAndInOrder()
    {
        await using var session = await OpenAsync(products: 40);
        var next = 1000;

        var keys = await session.AllKeysAsync(SyncLab.Mapping, page: 7, async () =>
        {
            // Behind and before the page's end; each is gone or has come when its turn is.
            await session.Lab.AddProductsAsync(next++, 1);
            await session.Lab.AddProductsAsync(-next, 1);
            await session.Lab.SourceAsync($"delete from products where prod_id in (5, {next - 2})");
        });

        keys.Select(key => int.Parse(key, null)).ShouldBeInOrder(SortDirection.Ascending);
        keys.ShouldBeUnique();
        keys.Where(key => key.Length < 3).ShouldBe(Enumerable.Range(1, 40).Select(number => $"{number}"));
        (await session.AllKeysAsync(SyncLab.Mapping, page: 1)).Count.ShouldBe((int)await session.Lab.SourceValueAsync<long>("select count(*) from products"));
    }

    [Fact]
    public async Task All_KeysThatQuotingSplittingOrFoldingWouldChange_AreTakenAsTheyAre()
    {
        await using var session = await OpenAsync();
        var names = OddReaderMapping.Names;
        await using (var connection = new NpgsqlConnection(session.Lab.SourceConnection))
        {
            await connection.ExecuteAsync("insert into odd select n, 'note of ' || n from unnest(@names) n; insert into odd_part select n, 1 from unnest(@names) n", new { names });
        }

        var keys = await session.AllKeysAsync(ReaderSession.Odd, page: 4);
        keys.ShouldBe(names, ignoreOrder: true);
        var read = await session.Reader.ReadAsync([.. keys.Select(key => new DirtyKey("odd", key))], [], Cancellation);
        read.Aggregates.Select(aggregate => aggregate.Key).ShouldBe(names, ignoreOrder: true);
        read.Aggregates.ShouldAllBe(aggregate => aggregate.Rows.Of(ReaderSession.Odd.Root).Single().Note == "note of " + aggregate.Key);
        read.Aggregates.ShouldAllBe(aggregate => aggregate.Rows.Of(ReaderSession.Odd.Parts).Single().Name == aggregate.Key);
        (await session.Reader.MissingAsync(ReaderSession.Odd, [.. keys, .. names.Select(name => name + "?")], Cancellation))
            .ShouldBe(names.Select(name => name + "?"), ignoreOrder: true);
    }

    [Fact]
    public async Task MissingAndCount_SomeDeleted_SayWhatTheSourceHasNow()
    {
        await using var session = await OpenAsync(products: 10);
        await session.Lab.SourceAsync("delete from products where prod_id in (2, 3)");

        (await session.Reader.MissingAsync(SyncLab.Mapping, ["1", "2", "3", "11", "-4"], Cancellation)).ShouldBe(["2", "3", "11", "-4"], ignoreOrder: true);
        (await session.Reader.MissingAsync(SyncLab.Mapping, [], Cancellation)).ShouldBeEmpty();
        (await session.Reader.CountAsync(SyncLab.Mapping, Cancellation)).ShouldBe(8);
        (await session.Reader.CountAsync(ReaderSession.Odd, Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Columns_RenamedRetypedAndDropped_SaysWhatIsThere()
    {
        await using var session = await OpenAsync();
        (await session.Reader.ColumnsAsync(ReaderSession.Odd, Cancellation)).ShouldBe(["odd.name text", "odd.note text", "odd_part.name text", "odd_part.pos integer"]);

        await session.Lab.SourceAsync("alter table odd rename note to remark; alter table odd add unmapped integer; alter table odd_part alter pos type bigint");
        (await session.Reader.ColumnsAsync(ReaderSession.Odd, Cancellation)).ShouldBe(["odd.name text", "odd_part.name text", "odd_part.pos bigint"]);

        await session.Lab.SourceAsync("drop table odd_part; alter table odd rename remark to note; alter table odd alter note type varchar(7)");
        (await session.Reader.ColumnsAsync(ReaderSession.Odd, Cancellation)).ShouldBe(["odd.name text", "odd.note character varying(7)"]);
    }

    [Fact]
    public async Task Snapshot_SourceChanges_AllReadersSeeTheStateOfItsBeginning()
    {
        await using var session = await OpenAsync();
        var (before, visible) = await session.BeginAsync("update products set name = 'before' where prod_id = 4");
        await using var has = before;
        await before.ExecuteAsync("commit");
        var (running, invisible) = await session.BeginAsync("update products set name = 'running' where prod_id = 3");
        await using var ends = running;
        await using (var snapshot = await session.Reader.SnapshotAsync(Cancellation))
        {
            var (later, laterXid) = await session.BeginAsync("update products set name = 'later' where prod_id = 1; delete from products where prod_id = 2; commit; begin");
            await using var endsToo = later;
            await running.ExecuteAsync("commit");

            var both = await Task.WhenAll(snapshot.ReadAsync(ReaderSession.Products(1, 2), Cancellation), snapshot.ReadAsync(ReaderSession.Products(3), Cancellation));
            ReaderSession.Look(both[0], 1).ShouldBe("Product 1 1");
            ReaderSession.Look(both[0], 2).ShouldBe("Product 2 2");
            ReaderSession.Look(both[1], 3).ShouldBe("Product 3 0");
            snapshot.View.Sees(invisible).ShouldBeFalse();
            snapshot.View.Sees(laterXid).ShouldBeFalse();
            snapshot.View.Sees(visible).ShouldBeTrue();
            await later.ExecuteAsync("rollback");
            await later.ExecuteAsync($"begin isolation level repeatable read; set transaction snapshot '{snapshot.Id}'");
            (await later.QueryAsync<string>("select name from products order by prod_id limit 3")).ShouldBe(["Product 1", "Product 2", "Product 3"]);
            snapshot.Seen.ShouldBeLessThan(Lsn.Parse((await later.ExecuteScalarAsync<string>("select pg_current_wal_insert_lsn()::text"))!));
        }

        await session.HasNoTransactionAsync();
    }

    [Fact]
    public async Task All_TablesHeldByOneWhoAllowsReadingOnly_NothingWaitsNothingStaysOpen()
    {
        await using var session = await OpenAsync();
        // This mode lets through who locks no more than a SELECT does.
        var (owner, _) = await session.BeginAsync("lock table products, product_images, stock, odd, odd_part in exclusive mode");
        await using var ends = owner;
        var reader = session.Reader;

        ReaderSession.Look((await reader.ReadAsync(ReaderSession.Products(1), [], Cancellation)).Aggregates, 1).ShouldBe("Product 1 1");
        (await session.AllKeysAsync(SyncLab.Mapping, page: 3)).Count.ShouldBe(5);
        (await reader.MissingAsync(SyncLab.Mapping, ["1", "77"], Cancellation)).ShouldBe(["77"]);
        (await reader.CountAsync(SyncLab.Mapping, Cancellation)).ShouldBe(5);
        (await reader.ColumnsAsync(SyncLab.Mapping, Cancellation)).ShouldNotBeEmpty();
        (await reader.ActiveAsync(Cancellation)).ShouldBe(1);
        await using (var snapshot = await reader.SnapshotAsync(Cancellation))
        {
            (await snapshot.ReadAsync(ReaderSession.Products(1), Cancellation)).Count.ShouldBe(1);
        }

        await session.HasNoTransactionAsync();
    }

    private Task<ReaderSession> OpenAsync(int products = 5) => ReaderSession.OpenAsync(clusters, products);
}
