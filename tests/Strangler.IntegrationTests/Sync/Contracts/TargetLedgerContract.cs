using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
// An alias, as only one of the projects that compile this has the namespace everywhere.
using FactAttribute = Xunit.FactAttribute;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What the engine relies on in every ledger.</summary>
public abstract class TargetLedgerContract : TargetPortsContract
{
    [Fact]
    public async Task Position_NeverBegun_IsNull() => (await Open().Ledger.PositionAsync(Cancellation)).ShouldBeNull();

    [Fact]
    public async Task TakeOver_NeverBegun_IsRefused() =>
        await Should.ThrowAsync<StalePositionException>(Open().Ledger.TakeOverAsync(2, Cancellation));

    [Fact]
    public async Task Begin_FirstTime_AllLanesAreThere()
    {
        var (_, at) = await BeginAsync(lanes: 3);

        at.Source.ShouldBe(Source);
        at.Slot.ShouldBe("slot");
        at.Low.ShouldBe(new Lsn(100));
        at.Lanes.ShouldBe([new Lsn(100), new Lsn(100), new Lsn(100)]);
        at.RereadUntil.ShouldBeLessThanOrEqualTo(at.Low);
        at.Fills.ShouldBeEmpty();
        (await PositionAsync()).ShouldBeEquivalentTo(at);
    }

    [Fact]
    public async Task Begin_Again_NothingOfBeforeIsLeftAndWhoHadItIsOut()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 900) with { Failed = [new FailedAggregate(WriterMapping.Key("bad"), "mapping", "no")] }, Cancellation);
        await ports.Ledger.NoteAsync([WriterMapping.Key("noted")], new Lsn(500), Cancellation);
        await ports.Ledger.WriteFillAsync(FillProgress.Begin("amount", 1, 10), Cancellation);

        var other = new SourceIdentity("7002", 3);
        await Open().Ledger.BeginAsync(other, "other", new Lsn(50), Cancellation);

        var anew = await PositionAsync();
        (anew.Source, anew.Slot, anew.Low, anew.RereadUntil).ShouldBe((other, "other", new Lsn(50), default));
        anew.Fills.ShouldBeEmpty();
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
        (await ports.Ledger.DueAsync(10, Cancellation)).ShouldBeEmpty();
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBeEmpty();
        await Should.ThrowAsync<StalePositionException>(ports.Ledger.RaiseAsync(at.Epoch, new Lsn(901), Cancellation));
        await Should.ThrowAsync<StalePositionException>(ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 200), Cancellation));
        (await ports.Ledger.TakeOverAsync(2, Cancellation)).Lanes.ShouldBe([new Lsn(50), new Lsn(50)]);
    }

    [Fact]
    public async Task TakeOver_ByAnother_TheEpochRisesAndTheOldOneIsOut()
    {
        var (old, at) = await BeginAsync();
        await old.Writer.WriteAsync(WriterMapping.Write(at, 0, 150), Cancellation);
        await old.Writer.CloseAsync();

        var ports = Open();
        var taken = await ports.Ledger.TakeOverAsync(2, Cancellation);

        taken.Epoch.ShouldBeGreaterThan(at.Epoch);
        taken.Lanes.ShouldBe([new Lsn(150), new Lsn(100)]);
        taken.RereadUntil.ShouldBe(at.RereadUntil);
        await Should.ThrowAsync<StalePositionException>(old.Ledger.RaiseAsync(at.Epoch, new Lsn(110), Cancellation));
        await Should.ThrowAsync<StalePositionException>(old.Writer.WriteAsync(WriterMapping.Write(at, 1, 110, Mapping.State("a", 1)), Cancellation));
        (await KeysAsync()).ShouldBeEmpty();
        await old.Writer.CloseAsync();
        await ports.Ledger.RaiseAsync(taken.Epoch, new Lsn(105), Cancellation);
        await ports.Writer.WriteAsync(WriterMapping.Write(taken, 1, 110, Mapping.State("a", 1)), Cancellation);
        (await PositionAsync()).Lanes.ShouldBe([new Lsn(150), new Lsn(110)]);
    }

    [Fact]
    public async Task TakeOver_OtherNumberOfLanes_AllBeginAtTheLowestAndRowsUpToTheHighestAreReadAgain()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 150), Cancellation);
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 120), Cancellation);
        await ports.Ledger.RaiseAsync(at.Epoch, new Lsn(110), Cancellation);

        var three = await ports.Ledger.TakeOverAsync(3, Cancellation);
        three.Lanes.ShouldBe([new Lsn(110), new Lsn(110), new Lsn(110)]);
        three.RereadUntil.ShouldBe(new Lsn(150));
        var one = await ports.Ledger.TakeOverAsync(1, Cancellation);
        one.Lanes.ShouldBe([new Lsn(110)]);
        one.RereadUntil.ShouldBe(new Lsn(150));
    }

    [Fact]
    public async Task Raise_Forward_IdleLanesBeginThereBackIsRefused()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 150), Cancellation);
        await ports.Ledger.RaiseAsync(at.Epoch, new Lsn(140), Cancellation);

        (await PositionAsync()).Low.ShouldBe(new Lsn(140));
        await Should.ThrowAsync<StalePositionException>(ports.Ledger.RaiseAsync(at.Epoch, new Lsn(139), Cancellation));
        (await PositionAsync()).Low.ShouldBe(new Lsn(140));
        (await ports.Ledger.TakeOverAsync(2, Cancellation)).Lanes.ShouldBe([new Lsn(150), new Lsn(140)]);
    }

    [Fact]
    public async Task Note_Keys_AreDueAtOnceAndThePositionsAreBehindThem()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 300), Cancellation);
        await ports.Ledger.NoteAsync([WriterMapping.Key("a"), WriterMapping.Key("b"), new DirtyKey("other", "a")], new Lsn(200), Cancellation);

        (await ports.Ledger.DueAsync(10, Cancellation)).Keys.ShouldBe([WriterMapping.Key("a"), WriterMapping.Key("b"), new DirtyKey("other", "a")], ignoreOrder: true);
        (await ports.Ledger.DueAsync(2, Cancellation)).Count.ShouldBe(2);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(Waiting: 3, Blocking: 3, DeadLetters: 0));
        var noted = await PositionAsync();
        noted.Low.ShouldBe(new Lsn(200));
        noted.Lanes.ShouldBe([new Lsn(300), new Lsn(200)]);
        noted.RereadUntil.ShouldBe(new Lsn(200));
        noted.Epoch.ShouldBeGreaterThan(at.Epoch);
        // An older journal takes nothing back.
        await ports.Ledger.NoteAsync([], new Lsn(150), Cancellation);
        (await PositionAsync()).Low.ShouldBe(new Lsn(200));
    }

    [Fact]
    public async Task Due_DealtWith_IsGoneUnlessItWasRenewed()
    {
        var (ports, _) = await BeginAsync();
        await ports.Ledger.NoteAsync([WriterMapping.Key("done"), WriterMapping.Key("renewed")], new Lsn(100), Cancellation);
        var due = await ports.Ledger.DueAsync(10, Cancellation);
        await ports.Ledger.NoteAsync([WriterMapping.Key("renewed")], new Lsn(100), Cancellation);
        var at = await ports.Ledger.TakeOverAsync(2, Cancellation);

        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 101, Mapping.State("done", 1), Mapping.State("renewed", 2)) with { Stamps = due }, Cancellation);

        var left = await ports.Ledger.DueAsync(10, Cancellation);
        left.Keys.ShouldBe([WriterMapping.Key("renewed")]);
        left.Values.Single().ShouldNotBe(due[WriterMapping.Key("renewed")]);
    }

    [Fact]
    public async Task Deferred_UntilItsKindIsReleased_WaitsAndBlocks()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(
            WriterMapping.Write(at, 0, 110) with { Deferred = [WriterMapping.Key("a"), new DirtyKey("other", "b")] }, Cancellation);

        (await ports.Ledger.DueAsync(10, Cancellation)).ShouldBeEmpty();
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(Waiting: 2, Blocking: 2, DeadLetters: 0));
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBeEmpty();
        await ports.Ledger.ReleaseAsync("amount", Cancellation);
        (await ports.Ledger.DueAsync(10, Cancellation)).Keys.ShouldBe([WriterMapping.Key("a")]);
    }

    [Fact]
    public async Task Failing_UntilTriedWithSuccess_IsADeadLetterThatDoesNotBlock()
    {
        var (ports, at) = await BeginAsync();
        var bad = WriterMapping.Key("bad");
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110) with { Failed = [new FailedAggregate(bad, "mapping", "no")] }, Cancellation);

        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBe([bad]);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(Waiting: 1, Blocking: 0, DeadLetters: 1));

        await ports.Writer.WriteAsync(
            WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("bad", 1)) with { Suspects = new HashSet<DirtyKey> { bad } }, Cancellation);
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBeEmpty();
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
    }

    [Fact]
    public async Task Fill_Written_IsWhatTheNextProcessFinds()
    {
        var (ports, _) = await BeginAsync();
        await ports.Ledger.WriteFillAsync(FillProgress.Begin("amount", 1, 10), Cancellation);
        await ports.Ledger.WriteFillAsync(new FillProgress("other", 4, FillPhase.Done, null, 3, 3), Cancellation);
        var half = new FillProgress("amount", 2, FillPhase.Vanished, "'; k\u001f", 7, 11);
        await ports.Ledger.WriteFillAsync(half, Cancellation);

        (await Open().Ledger.TakeOverAsync(2, Cancellation)).Fills.ShouldBe([half, new FillProgress("other", 4, FillPhase.Done, null, 3, 3)], ignoreOrder: true);
    }

    [Fact]
    public async Task Keys_Pages_EachOnceInAFixedOrder()
    {
        var (ports, at) = await BeginAsync();
        string[] names = ["", " ", "a", "A", "b", "B", "'", "é", "e\u0301", "10", "9", "{x}", "\u001f", "gone"];
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, [.. names.Select((name, index) => Mapping.State(name, index))]), Cancellation);
        await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.Gone("gone")), Cancellation);

        var keys = await KeysAsync(page: 3);
        keys.ShouldBe(names.Except(["gone"], StringComparer.Ordinal), ignoreOrder: true);
        (await KeysAsync(page: 5)).ShouldBe(keys);
        (await KeysAsync(page: 1)).ShouldBe(keys);
    }

    [Fact]
    public async Task Fingerprint_OfAnotherVersion_IsNotNoted()
    {
        var (ports, _) = await BeginAsync();
        (await ports.Ledger.FingerprintAsync(Mapping, Cancellation)).ShouldBeNull();

        await ports.Ledger.SetFingerprintAsync(Mapping, ["amounts.amount integer", "amounts.name character varying(7)"], Cancellation);
        (await Open().Ledger.FingerprintAsync(Mapping, Cancellation)).ShouldBe(["amounts.amount integer", "amounts.name character varying(7)"]);
        var next = new WriterMapping(version: 2);
        (await ports.Ledger.FingerprintAsync(next, Cancellation)).ShouldBeNull();
        await ports.Ledger.SetFingerprintAsync(next, ["amounts.amount bigint"], Cancellation);
        (await ports.Ledger.FingerprintAsync(next, Cancellation)).ShouldBe(["amounts.amount bigint"]);
    }
}
