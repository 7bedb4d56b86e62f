using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
// An alias, as only one of the projects that compile this has the namespace everywhere.
using FactAttribute = Xunit.FactAttribute;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What the engine relies on in every target writer, as far as the ports alone can show it.</summary>
public abstract class TargetWriterContract : TargetPortsContract
{
    [Fact]
    public async Task Write_States_AreThereWithTheLanesPositionAlone()
    {
        var (ports, at) = await BeginAsync();

        var outcome = await ports.Writer.WriteAsync(WriterMapping.Write(at, 1, 110, Mapping.State("a", 1), Mapping.State("b", 2)), Cancellation);

        (outcome.Written, outcome.Equal, outcome.Failed.Count).ShouldBe((2, 0, 0));
        (await KeysAsync()).ShouldBe(["a", "b"]);
        var after = await PositionAsync();
        after.Lanes.ShouldBe([new Lsn(100), new Lsn(110)]);
        after.Low.ShouldBe(new Lsn(100));
    }

    [Fact]
    public async Task Write_SameStatesAgain_AreEqualAndThePositionMoves()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("b", 2)), Cancellation);

        var outcome = await ports.Writer.WriteAsync(
            WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 1), Mapping.State("b", 3)), Cancellation);

        (outcome.Written, outcome.Equal).ShouldBe((1, 1));
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(120));
    }

    [Fact]
    public async Task Write_Gone_IsDeletedOnce()
    {
        var (ports, at) = await BeginAsync();
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1), Mapping.State("b", 2)), Cancellation);

        var outcome = await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.Gone("a"), Mapping.Gone("never")), Cancellation);
        (outcome.Written, outcome.Equal).ShouldBe((1, 1));
        (await KeysAsync()).ShouldBe(["b"]);
        outcome = await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 130, Mapping.Gone("a"), Mapping.State("b", 2)), Cancellation);
        (outcome.Written, outcome.Equal).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Write_PositionIsNotTheExpectedOne_RefusedAndNothingIsWritten()
    {
        var (ports, at) = await BeginAsync();
        await ports.Ledger.NoteAsync([WriterMapping.Key("due")], new Lsn(100), Cancellation);
        at = await ports.Ledger.TakeOverAsync(2, Cancellation);
        await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)), Cancellation);
        var stale = WriterMapping.Write(at, 0, 120, Mapping.State("a", 5), Mapping.State("b", 2)) with
        {
            Failed = [new FailedAggregate(WriterMapping.Key("bad"), "mapping", "no")],
            Deferred = [WriterMapping.Key("deferred")],
            Stamps = await ports.Ledger.DueAsync(10, Cancellation),
        };

        await Should.ThrowAsync<StalePositionException>(ports.Writer.WriteAsync(stale, Cancellation));

        (await KeysAsync()).ShouldBe(["a"]);
        (await PositionAsync()).Lanes.ShouldBe([new Lsn(110), new Lsn(100)]);
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(Waiting: 1, Blocking: 1, DeadLetters: 0));
        (await ports.Ledger.FailingAsync(Cancellation)).ShouldBeEmpty();
        // The same writer is good for the right position.
        (await ports.Writer.WriteAsync(WriterMapping.Write(await PositionAsync(), 0, 120, Mapping.State("a", 1)), Cancellation)).Equal.ShouldBe(1);
    }

    [Fact]
    public async Task Write_TwoFromOnePosition_OneIsRefused()
    {
        var (first, at) = await BeginAsync();
        var second = Open();

        var writes = new[] { first, second }.Select((ports, index) =>
            ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110 + (ulong)index, Mapping.State($"{index}", index)), Cancellation)).ToArray();
        await ((Task)Task.WhenAll(writes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        var won = Array.FindIndex(writes, write => write.IsCompletedSuccessfully);
        writes[1 - won].Exception!.InnerException.ShouldBeOfType<StalePositionException>();
        (await KeysAsync()).ShouldBe([$"{won}"]);
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(110 + (ulong)won));
        await second.Writer.CloseAsync();
    }

    [Fact]
    public async Task Write_AllOrNothingAndOneFails_NothingIsWritten()
    {
        var (ports, at) = await BeginAsync();
        var failed = new FailedAggregate(WriterMapping.Key("bad"), "mapping", "no");

        await Should.ThrowAsync<AggregateRefusedException>(ports.Writer.WriteAsync(
            WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)) with { Failed = [failed], AllOrNothing = true }, Cancellation));

        (await KeysAsync()).ShouldBeEmpty();
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(100));
        (await ports.Ledger.BacklogAsync(Cancellation)).ShouldBe(new Backlog(0, 0, 0));
    }

    [Fact]
    public async Task Write_SomeFailedBefore_TheOthersAreWrittenAndItIsSaid()
    {
        var (ports, at) = await BeginAsync();
        var failed = new FailedAggregate(WriterMapping.Key("bad"), "mapping", "no");

        var outcome = await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110, Mapping.State("a", 1)) with { Failed = [failed] }, Cancellation);

        outcome.Failed.ShouldBe([failed]);
        (await KeysAsync()).ShouldBe(["a"]);
        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(110));
    }

    [Fact]
    public async Task Close_AnotherWriter_TakesItsPlaceAtOnce()
    {
        var (_, at) = await BeginAsync();
        for (var i = 1; i <= 10; i++)
        {
            var ports = Open();
            await ports.Writer.WriteAsync(WriterMapping.Write(at with { Lanes = [new Lsn(99 + (ulong)i)] }, 0, 100 + (ulong)i, Mapping.State("a", i)), Cancellation);
            await ports.Writer.CloseAsync();
        }

        (await PositionAsync()).Lanes[0].ShouldBe(new Lsn(110));
    }
}
