using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Streams;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The ledger in PostgreSQL.</summary>
public sealed class PostgresLedgerTests(SharedClusters clusters) : TargetLedgerContract, IAsyncLifetime
{
    private WriterSession? _session;

    public async ValueTask InitializeAsync() => _session = await WriterSession.OpenAsync(await SyncLab.CreateAsync(clusters));

    public ValueTask DisposeAsync() => _session!.DisposeAsync();

    [Fact]
    public async Task Due_Failed_ComesAgainByItself()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(
            WriterMapping.Write(at, 0, 110) with { Failed = [new FailedAggregate(WriterMapping.Key("bad"), "mapping", "no")] }, Cancellation);

        await Eventually.TrueAsync("it is due", async () => (await ports.Ledger.DueAsync(10, Cancellation)).ContainsKey(WriterMapping.Key("bad")));
    }

    [Fact]
    public async Task Keys_OfOthers_AreNotItsOwn()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);
        await _session!.Lab.TargetAsync("""
            insert into sync.applied values ('other', 'b', '', '0/1', 1); insert into sync.dirty (stream, entity, key, reason) values ('other', 'amount', 'c', 'retry');
            insert into sync.dead_letter values ('other', 'amount', 'c', 'mapping', 'no', 9, now(), now());
            insert into sync.fill values ('other', 'amount', 1, 'Done', null, 1, 1); insert into sync.lane values ('other', 0, '0/1', 1)
            """);

        (await KeysAsync()).ShouldBe(["a"]);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
        (await ports.Ledger.DueAsync(10, Cancellation)).ShouldBeEmpty();
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBeEmpty();
        (await PositionAsync()).Fills.ShouldBeEmpty();
        await ports.Ledger.BeginAsync(Source, "slot", default, Cancellation);
        (await _session.Lab.TargetValueAsync<long>(
            "select (select count(*) from sync.dirty) + (select count(*) from sync.dead_letter) + (select count(*) from sync.fill) + (select count(*) from sync.lane)"))
            .ShouldBe(4);
    }

    private protected override TargetPorts Open() => _session!.Open();
}
