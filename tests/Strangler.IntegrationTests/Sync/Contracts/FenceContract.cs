using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Sync.Fencing;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What a cutover relies on in every fence.</summary>
public abstract class FenceContract
{
    private const string Up1 = """{"capability" : "people", "epoch" : 1, "raised" : true}""";
    private const string Down1 = """{"capability" : "people", "epoch" : 1, "raised" : false}""";
    private const string Write = "update customer set version = version + 1 where id = 2";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<FenceLab> LabAsync();

    private protected abstract Task<IFence> FenceAsync(FenceLab lab, TimeSpan patience);

    [Fact]
    public async Task Raise_WriterAtIt_FinishesBeforeTheBarrierAndLaterOnesAreRefused()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        await using var writer = await lab.OpenAsync();
        await writer.ExecuteAsync("begin; insert into customer (id, name) values (10, 'in time')");

        var raising = fence.RaiseAsync(FenceLab.People, 1, Cancellation);
        await lab.WaitingFenceAsync();
        await writer.ExecuteAsync("insert into purchase values (10, 10, 5); commit");
        (await raising).ShouldBe(FenceOutcome.Done);

        var refusal = (await lab.RefusalAsync(Write)).ShouldNotBeNull();
        refusal.SqlState.ShouldBe(FenceSchema.Refused);
        refusal.MessageText.ShouldBe(
            "UPDATE of public.customer is refused: the data of the capability people is being handed over or belongs to the other side; send it through the edge and try again.");
        (await FenceLab.RefusalAsync(writer, "insert into purchase values (11, 1, 5)")).ShouldNotBeNull().SqlState.ShouldBe(FenceSchema.Refused);
        (await lab.LogAsync()).ShouldBe(["I", "I", Up1]);
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: true, Epoch: 1));
    }

    [Fact]
    public async Task Raise_Readers_GoOnMeanwhileAndAfterwards()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        await using var writer = await lab.OpenAsync();
        await writer.ExecuteAsync("begin; update purchase set cents = 1 where id = 1");
        await using var reader = await lab.OpenAsync();
        await reader.ExecuteAsync("begin; select from customer, purchase, visit");

        var raising = fence.RaiseAsync(FenceLab.People, 1, Cancellation);
        await lab.WaitingFenceAsync();
        await lab.RunAsync("select from customer, purchase, visit; select from customer for update");
        await writer.ExecuteAsync("commit");
        (await raising).ShouldBe(FenceOutcome.Done);

        (await reader.ExecuteScalarAsync<long>("select count(*) from customer")).ShouldBe(3);
        await lab.RunAsync("select from customer, purchase, visit; select from customer for update");
    }

    [Fact]
    public async Task Raise_SnapshotOlderThanTheFence_CannotWrite()
    {
        await using var lab = await LabAsync();
        (await WriteWithOldSnapshotAsync(lab, await FenceAsync(lab, Patience))).ShouldNotBeNull().SqlState.ShouldBe(FenceSchema.Refused);
    }

    [Fact]
    public async Task Lower_Raised_WritesGoOn()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        await using var writer = await lab.OpenAsync();
        (await FenceLab.RefusalAsync(writer, Write)).ShouldNotBeNull();

        (await fence.LowerAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);

        (await FenceLab.RefusalAsync(writer, Write)).ShouldBeNull();
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: false, Epoch: 1));
        (await lab.LogAsync()).ShouldBe([Up1, Down1, "U"]);
    }

    [Fact]
    public async Task RaiseAndLower_Twice_SecondDoesNothing()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);

        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await lab.LogAsync()).ShouldBe([Up1]);
        (await fence.LowerAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await fence.LowerAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await lab.LogAsync()).ShouldBe([Down1]);
    }

    [Fact]
    public async Task RaiseAndLower_WrongEpoch_AreRefusedAndChangeNothing()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        (await fence.RaiseAsync(FenceLab.People, 4, Cancellation)).ShouldBe(FenceOutcome.Done);

        (await fence.RaiseAsync(FenceLab.People, 3, Cancellation)).Error.ShouldBe(
            "The fence of people cannot be raised with epoch 3, as it is raised with epoch 4: lower it with epoch 4 first.");
        (await fence.RaiseAsync(FenceLab.People, 5, Cancellation)).IsDone.ShouldBeFalse();
        (await fence.LowerAsync(FenceLab.People, 3, Cancellation)).IsDone.ShouldBeFalse();
        (await fence.LowerAsync(FenceLab.People, 5, Cancellation)).IsDone.ShouldBeFalse();
        (await lab.RefusalAsync(Write)).ShouldNotBeNull();

        (await fence.LowerAsync(FenceLab.People, 4, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await fence.RaiseAsync(FenceLab.People, 4, Cancellation)).Error.ShouldBe(
            "The fence of people cannot be raised with epoch 4, as epoch 4 is used up: take 5 or a later one.");
        (await lab.RefusalAsync(Write)).ShouldBeNull();
    }

    [Fact]
    public async Task Lower_NeverRaised_UsesTheEpochUpSoThatALateRaiseIsRefused()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);

        (await fence.LowerAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).IsDone.ShouldBeFalse();
        (await lab.RefusalAsync(Write)).ShouldBeNull();
        (await fence.RaiseAsync(FenceLab.People, 2, Cancellation)).ShouldBe(FenceOutcome.Done);
    }

    [Fact]
    public async Task Raise_TwoAtOnceWithTheirOwnEpochs_OneWins()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        var outcomes = await Task.WhenAll(fence.RaiseAsync(FenceLab.People, 1, Cancellation), fence.RaiseAsync(FenceLab.People, 2, Cancellation));

        outcomes.Count(outcome => outcome.IsDone).ShouldBe(1, string.Join(' ', outcomes.Select(outcome => outcome.Error)));
        (await lab.LogAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Raise_SomebodyInTheWay_SaysWhoAndLeavesNothingHalfDone()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, TimeSpan.Zero);
        await using var writer = await lab.OpenAsync();
        // The last of the tables: by then the others are locked.
        await writer.ExecuteAsync("begin; update visit set page = '/late' where id = 105");

        var outcome = await fence.RaiseAsync(FenceLab.People, 1, Cancellation);

        outcome.IsDone.ShouldBeFalse();
        outcome.Error.ShouldNotBeNull().ShouldMatch(
            $@"^Given up after 1 tries in \d+\.\d s: public\.visit was not to be locked within 300 ms: the session with pid {writer.ProcessID} "
            + @"\(idle in transaction\) holds RowExclusiveLock, and its transaction is \d+\.\d s old; let it end or run "
            + $@"select pg_terminate_backend\({writer.ProcessID}\), then try again\.$");
        (await lab.RefusalAsync(Write)).ShouldBeNull();
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: false, Epoch: 0));
        (await lab.LogAsync()).ShouldBe(["U"]);
    }

    [Fact]
    public async Task State_NotInstalled_SaysWhatToDo()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);

        (await Should.ThrowAsync<InvalidOperationException>(() => fence.StateAsync("nothing", Cancellation))).Message
            .ShouldBe("There is no fence for the capability nothing: run install with Sync:Fence = true.");
        (await fence.RaiseAsync("nothing", 1, Cancellation)).Error.ShouldBe("There is no fence for the capability nothing: run install with Sync:Fence = true.");
    }

    /// <summary>Writes in a transaction whose snapshot is older than the fence.</summary>
    /// <returns>How it is refused; null when it is not.</returns>
    private protected static async Task<PostgresException?> WriteWithOldSnapshotAsync(FenceLab lab, IFence fence)
    {
        await using var writer = await lab.OpenAsync();
        await writer.ExecuteAsync("begin isolation level repeatable read; select count(*) from customer");
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        return await FenceLab.RefusalAsync(writer, Write);
    }
}
