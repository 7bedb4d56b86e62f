using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What a stream that leads back sees of our own writes, by which it knows them.</summary>
public sealed class EchoTests(WriterCluster cluster) : IClassFixture<WriterCluster>
{
    // FNV-1a of "catalog.amounts", a line feed and the key a, gone or é: worked out elsewhere.
    private const ulong OfA = 0x50ACBB5E6A35A402;
    private const ulong OfGone = 0x9A45AC36D8AABFD4;
    private const ulong OfAccented = 0x50AC435E6A34D81A;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static WriterMapping Mapping => WriterMapping.Current;

    [Fact]
    public async Task Write_OriginsGranted_EachLaneHasItsOwnAndTheMessageNamesExactlyWhatWasWritten()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        var (ports, at, log) = await BeginAsync(session);

        await ports.Writer.WriteAsync(
            WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("gone", 2), Mapping.State("refused", -1), Mapping.State("é", 4)), Cancellation);
        await ports.Writer.WriteAsync(
            WriterMapping.Write(At(at, 0, 110), 0, 120, Mapping.State("a", 1), Mapping.State("b", 3), Mapping.Gone("gone"), Mapping.Gone("never")), Cancellation);
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 130, Mapping.State("c", 5)), Cancellation);

        var transactions = await log.ReadAsync();
        await log.CloseAsync();
        var database = await session.Lab.TargetValueAsync<string>("select current_database()");
        transactions.Select(transaction => transaction.Origin)
            .ShouldBe([$"strangler/{database}/catalog/0", $"strangler/{database}/catalog/0", $"strangler/{database}/catalog/1"]);
        transactions.ShouldAllBe(transaction => transaction.Messages.Count == 1 && transaction.Messages[0].IsTransactional && transaction.Messages[0].Prefix == "strangler");
        transactions[0].Messages[0].Hashes.ShouldBe([OfA, OfGone, OfAccented], ignoreOrder: true);
        transactions[1].Messages[0].Hashes.ShouldBe([EchoTag.HashOf("catalog.amounts", "b"), OfGone, EchoTag.HashOf("catalog.amounts", "never")], ignoreOrder: true);
        transactions[2].Messages[0].Hashes.ShouldBe([EchoTag.HashOf("catalog.amounts", "c")]);
    }

    [Fact]
    public async Task Write_OriginsNotGranted_TheMessageAlone()
    {
        await using var session = await cluster.SessionAsync(origins: false);
        var (ports, at, log) = await BeginAsync(session);

        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);

        var transaction = (await log.ReadAsync()).ShouldHaveSingleItem();
        await log.CloseAsync();
        transaction.Origin.ShouldBeNull();
        transaction.Messages.ShouldHaveSingleItem().Hashes.ShouldBe([OfA]);
    }

    [Fact]
    public async Task Write_NothingIsDifferent_NamesNothing()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        var (ports, at, log) = await BeginAsync(session);
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);
        await log.ReadAsync();

        await ports.Writer.WriteAsync(WriterMapping.Write(At(at, 0, 110), 0, 120, Mapping.State("a", 1)), Cancellation);

        var transaction = (await log.ReadAsync()).ShouldHaveSingleItem();
        await log.CloseAsync();
        transaction.Tables.ShouldBe(["sync.lane"]);
        transaction.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_TriggerOfTheServiceWritesToo_ItsRowIsInTheLogAndNotNamed()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        await session.Lab.TargetAsync("""
            create table catalog.trail (name text primary key, amount integer not null);
            create function catalog.leave_trail() returns trigger language plpgsql security definer as
                'begin insert into catalog.trail values (new.name, new.amount); return null; end';
            create trigger leave_trail after insert on catalog.amounts for each row execute function catalog.leave_trail()
            """);
        var (ports, at, log) = await BeginAsync(session);

        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);

        var transaction = (await log.ReadAsync()).ShouldHaveSingleItem();
        await log.CloseAsync();
        transaction.Tables.Where(table => table.StartsWith("catalog.", StringComparison.Ordinal)).ShouldBe(["catalog.amounts", "catalog.trail", "catalog.amount_log"], ignoreOrder: true);
        transaction.Messages.ShouldHaveSingleItem().Hashes.ShouldBe([OfA]);
    }

    [Fact]
    public async Task Write_ByTheService_HasNeitherAndIsAllThatAnOriginFilterLetsThrough()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        var (ports, at, log) = await BeginAsync(session);

        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("ours", 1)), Cancellation);
        await session.Lab.TargetAsync("insert into catalog.amounts values ('theirs', 2)");
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 120, Mapping.State("ours too", 3)), Cancellation);

        var transactions = await log.ReadAsync();
        var local = await log.ReadLocalAsync();
        await log.CloseAsync();
        transactions.Select(transaction => transaction.Origin is not null).ShouldBe([true, false, true]);
        transactions[1].Messages.ShouldBeEmpty();
        local.ShouldHaveSingleItem().ShouldContain("theirs");
    }

    [Fact]
    public async Task Close_OriginsGranted_AnotherWriterTakesThemAtOnce()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        var (_, at, log) = await BeginAsync(session);
        for (var i = 1; i <= 20; i++)
        {
            var ports = session.Open();
            await ports.Writer.WriteAsync(WriterMapping.Write(At(at, 0, 99 + (ulong)i), 0, 100 + (ulong)i, Mapping.State("a", i)), Cancellation);
            await ports.Writer.CloseAsync();
        }

        (await log.ReadAsync()).Select(transaction => transaction.Origin).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldNotBeNull();
        await log.CloseAsync();
    }

    [Fact]
    public async Task Write_RolledBack_SaysNothing()
    {
        await using var session = await cluster.SessionAsync(origins: true);
        var (ports, at, log) = await BeginAsync(session);
        await using var holder = new NpgsqlConnection(session.Lab.TargetConnection);
        await holder.OpenAsync(Cancellation);
        // Behind the message comes the commit, which is held up here.
        await holder.ExecuteAsync("""
            create function catalog.at_commit() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(7); return null; end';
            create constraint trigger at_commit after insert on catalog.amounts deferrable initially deferred for each row execute function catalog.at_commit();
            begin; select pg_advisory_xact_lock(7)
            """);

        var writing = ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);
        await session.TerminateWaitingAsync();
        await Should.ThrowAsync<NpgsqlException>(writing);

        (await log.ReadAsync()).ShouldBeEmpty();
        await log.CloseAsync();
    }

    private static StreamPosition At(StreamPosition at, int lane, ulong position) =>
        at with { Lanes = [.. at.Lanes.Select((known, index) => index == lane ? new Lsn(position) : known)] };

    private static async Task<(TargetPorts Ports, StreamPosition At, EchoLog Log)> BeginAsync(WriterSession session)
    {
        var ports = session.Open();
        await ports.Ledger.BeginAsync(new SourceIdentity("7001", 1), "slot", new Lsn(100), Cancellation);
        return (ports, await ports.Ledger.TakeOverAsync(2, Cancellation), await EchoLog.OpenAsync(session.Lab));
    }
}
