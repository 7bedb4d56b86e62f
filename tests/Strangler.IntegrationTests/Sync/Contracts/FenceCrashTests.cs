using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.Sync.Fencing;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The fence of a server that is killed: wholly up or wholly down.</summary>
public sealed class FenceCrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Raise_ServerKilledBeforeAndAfterTheCommit_IsWhollyDownAndWhollyUp()
    {
        await using var cluster = await ClusterAsync();
        await using var lab = await FenceLab.CreateAsync(new FreshDatabase(cluster, "store", "shop"));
        await lab.InstallAsync();
        var fence = new PostgresFence(lab.Pool(), TimeSpan.FromMinutes(1), TimeProvider.System);
        await using (var blocker = await lab.OpenAsync())
        {
            await blocker.ExecuteAsync("begin; update visit set page = '/late' where id = 105");
            var raising = fence.RaiseAsync(FenceLab.People, 1, Cancellation);
            await lab.WaitingFenceAsync();
            await cluster.Kill9Async();
            await Should.ThrowAsync<NpgsqlException>(() => raising);
        }

        await cluster.StartAsync(Cancellation);
        (await lab.SwitchesAsync()).ShouldBe("D");
        fence = new PostgresFence(lab.Pool(), TimeSpan.FromMinutes(1), TimeProvider.System);
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: false, Epoch: 0));
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        await cluster.Kill9Async();

        await cluster.StartAsync(Cancellation);
        (await lab.SwitchesAsync()).ShouldBe("A");
        fence = new PostgresFence(lab.Pool(), TimeSpan.FromMinutes(1), TimeProvider.System);
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: true, Epoch: 1));
        foreach (var write in new[] { "update customer set version = 1", "truncate purchase", "insert into visit values (1, '/')" })
        {
            (await lab.RefusalAsync(write)).ShouldNotBeNull(write).SqlState.ShouldBe(FenceSchema.Refused);
        }

        (await lab.LogAsync()).ShouldHaveSingleItem().ShouldContain("true");
    }

    [Fact]
    public async Task Raise_PreparedTransactionInTheWay_IsNamedAlsoAfterACrash()
    {
        await using var cluster = await ClusterAsync();
        await using var lab = await FenceLab.CreateAsync(new FreshDatabase(cluster, "store", "shop"));
        await lab.InstallAsync();
        await lab.RunAsync("begin; update purchase set cents = 7 where id = 1; prepare transaction 'order 66'");
        await cluster.Kill9Async();
        await cluster.StartAsync(Cancellation);
        var fence = new PostgresFence(lab.Pool(), TimeSpan.Zero, TimeProvider.System);

        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).Error.ShouldNotBeNull().ShouldMatch(
            @"public\.purchase was not to be locked within 300 ms: the prepared transaction 'order 66' holds RowExclusiveLock and is \d+\.\d s old; commit it or roll it back, then try again\.$");
        await lab.RunAsync("commit prepared 'order 66'");
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        var log = await lab.LogAsync();
        log.Count.ShouldBe(2);
        log[0].ShouldBe("U");
    }

    private static async Task<PrivateCluster> ClusterAsync()
    {
        var settings = new Dictionary<string, string>(SharedClusters.LegacySettings, StringComparer.Ordinal) { ["max_prepared_transactions"] = "5" };
        var cluster = await PrivateCluster.CreateTemporaryAsync(settings, cancellation: Cancellation);
        await cluster.CreateRoleAsync(FenceLab.Role, cancellation: Cancellation);
        await cluster.CreateDatabaseAsync("store", "shop", cancellation: Cancellation);
        return cluster;
    }
}
