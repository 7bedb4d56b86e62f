using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The writer of PostgreSQL, and what its tables hold after each write.</summary>
public sealed class PostgresWriterTests(SharedClusters clusters) : TargetWriterContract, IAsyncLifetime
{
    private WriterSession? _session;

    private WriterSession Session => _session!;

    public async ValueTask InitializeAsync() => _session = await WriterSession.OpenAsync(await SyncLab.CreateAsync(clusters));

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    [Theory]
    [InlineData("lock table catalog.amounts in share row exclusive mode")]
    [InlineData("lock table catalog.amount_log in share row exclusive mode")]
    [InlineData("lock table sync.applied in share row exclusive mode")]
    [InlineData("lock table sync.dirty in share row exclusive mode")]
    [InlineData("select pg_advisory_xact_lock(7)")] // taken by the trigger below, at the commit
    public async Task Write_EndedInTheMiddle_NothingIsWrittenAndTheSameWriteCanBeRepeated(string holdUp)
    {
        await Session.Lab.TargetAsync("""
            create function catalog.at_commit() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(7); return null; end';
            create constraint trigger at_commit after insert or update or delete on catalog.amounts deferrable initially deferred
                for each row execute function catalog.at_commit()
            """);
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("gone", 2)), Cancellation);
        at = await PositionAsync();
        var write = WriterMapping.Write(at, 0, 120, Mapping.State("a", 5), Mapping.State("b", 6), Mapping.Gone("gone")) with
        {
            Deferred = [WriterMapping.Key("deferred")],
        };
        await using var holder = new NpgsqlConnection(Session.Lab.TargetConnection);
        await holder.OpenAsync(Cancellation);
        await holder.ExecuteAsync("begin; " + holdUp);

        var writing = ports.Writer.WriteAsync(write, Cancellation);
        await Session.TerminateWaitingAsync();
        await Should.ThrowAsync<NpgsqlException>(writing);
        await holder.ExecuteAsync("rollback");

        (await Session.RowsAsync()).ShouldBe("a 1, gone 2");
        (await KeysAsync()).ShouldBe(["a", "gone"]);
        (await LogAsync()).ShouldBe("a 1, gone 2");
        (await PositionAsync()).ShouldBeEquivalentTo(at);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
        (await ports.Writer.WriteAsync(write, Cancellation)).Written.ShouldBe(3);
        (await Session.RowsAsync()).ShouldBe("a 5, b 6");
        (await LogAsync()).ShouldBe("a 1, a 5, b 6, gone 2");
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(120));
    }

    [Fact]
    public async Task Write_SameStateAgain_TouchesNoRow()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("b", 2)), Cancellation);
        var before = await VersionsAsync();

        await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 1), Mapping.State("b", 2)), Cancellation);

        (await VersionsAsync()).ShouldBe(before);
        (await LogAsync()).ShouldBe("a 1, b 2");
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(120));
    }

    [Fact]
    public async Task Write_TargetRefusesSome_TheyAloneAreDeadLettersWithoutValues()
    {
        var (ports, at) = await BeginAsync();
        var states = Enumerable.Range(1, 20).Select(number => Mapping.State($"n{number:00}", number is 7 or 13 ? -4711 : number)).ToArray();

        var outcome = await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, states), Cancellation);

        outcome.Written.ShouldBe(18);
        outcome.Failed.Select(failed => (failed.Id.Key, failed.Error)).ShouldBe([("n07", "23514"), ("n13", "23514")], ignoreOrder: true);
        (await KeysAsync()).ShouldBe(states.Select(state => state.Key).Except(["n07", "n13"], StringComparer.Ordinal));
        (await Session.Lab.TargetValueAsync<long>("select count(*) from catalog.amounts")).ShouldBe(18);
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(110));
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBe([WriterMapping.Key("n07"), WriterMapping.Key("n13")], ignoreOrder: true);
        (await Session.Lab.TargetValueAsync<string>("select string_agg(dead_letter::text, ' ') from sync.dead_letter"))!.ShouldNotContain("4711");
    }

    [Fact]
    public async Task Write_RefusedBeforeAndRightNow_IsHealedThoughAnotherStillFails()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", -1), Mapping.State("b", -2)), Cancellation);
        var suspects = new HashSet<DirtyKey> { WriterMapping.Key("a"), WriterMapping.Key("b") };

        var outcome = await ports.Writer.WriteAsync(
            WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 1), Mapping.State("b", -3), Mapping.State("c", 3)) with { Suspects = suspects }, Cancellation);

        (outcome.Written, outcome.Failed.Count).ShouldBe((2, 1));
        (await Session.RowsAsync()).ShouldBe("a 1, c 3");
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBe([WriterMapping.Key("b")]);
        (await ports.Ledger.BacklogAsync(Cancellation)).DeadLetters.ShouldBe(1);
    }

    [Fact]
    public async Task Write_UniqueValuesExchanged_AllAreWritten()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("b", 2), Mapping.State("c", 3)), Cancellation);

        var outcome = await ports.Writer.WriteAsync(
            WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 2), Mapping.State("b", 3), Mapping.State("c", 1)), Cancellation);

        outcome.Failed.ShouldBeEmpty();
        (await Session.RowsAsync()).ShouldBe("a 2, b 3, c 1");
    }

    [Fact]
    public async Task Write_AllOrNothingAndTheTargetRefusesOne_NothingIsWritten()
    {
        var (ports, at) = await BeginAsync();

        await Should.ThrowAsync<AggregateRefusedException>(ports.Writer.WriteAsync(
            WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("b", -1)) with { AllOrNothing = true }, Cancellation));

        (await Session.RowsAsync()).ShouldBe("");
        (await PositionAsync()).ShouldBeEquivalentTo(at);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
    }

    [Fact]
    public async Task Write_OneLaneIsHeldUp_TheOtherWrites()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);
        await using var holder = new NpgsqlConnection(Session.Lab.TargetConnection);
        await holder.OpenAsync(Cancellation);
        await holder.ExecuteAsync("begin; select from catalog.amounts where name = 'a' for update");

        var slow = ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 2)), Cancellation);
        await Session.WaitsForLockAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 130, Mapping.State("b", 3)), Cancellation);
        slow.IsCompleted.ShouldBeFalse();
        (await PositionAsync()).Lanes.ShouldBe([new Lsn(110), new Lsn(130)]);
        await holder.ExecuteAsync("commit");

        await slow;
        (await Session.RowsAsync()).ShouldBe("a 2, b 3");
        (await PositionAsync()).Lanes.ShouldBe([new Lsn(120), new Lsn(130)]);
    }

    [Fact]
    public async Task Write_KeysThatQuotingOrSplittingWouldChange_AreTakenAsTheyAre()
    {
        var (ports, at) = await BeginAsync();
        var names = OddReaderMapping.Names;
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, [.. names.Select((name, index) => Mapping.State(name, index))]), Cancellation);
        (await KeysAsync(page: 4)).ShouldBe(names, ignoreOrder: true);

        await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, [.. names[1..].Select(Mapping.Gone)]), Cancellation);
        (await Session.RowsAsync()).ShouldBe($"{names[0]} 0");
        (await KeysAsync()).ShouldBe([names[0]]);
    }

    private protected override TargetPorts Open() => Session.Open();

    private async Task<string> LogAsync() =>
        (await Session.Lab.TargetValueAsync<string>("select string_agg(name || ' ' || amount, ', ' order by name, amount) from catalog.amount_log"))!;

    // Each version of a row has the number of the transaction that wrote it.
    private async Task<string> VersionsAsync() => (await Session.Lab.TargetValueAsync<string>("""
        select string_agg(name || ' ' || v, ', ' order by name) from (
            select name, xmin || ' ' || xmax v from catalog.amounts union all select key, 'applied ' || xmin || ' ' || xmax from sync.applied) rows
        """))!;
}
