using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.Sync.Fencing;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The fence in PostgreSQL: the contract, and the ways around it.</summary>
public sealed class PostgresFenceTests(SharedClusters clusters) : FenceContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Raise_FlagRowInsteadOfDdl_WouldLetAnOldSnapshotWrite()
    {
        await using var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());
        var flag = await FlagRowFence.InstallAsync(lab);

        (await WriteWithOldSnapshotAsync(lab, flag)).ShouldBeNull();
        // Everybody else it does refuse.
        (await lab.RefusalAsync("update customer set version = 1")).ShouldNotBeNull().SqlState.ShouldBe(FenceSchema.Refused);
    }

    [Fact]
    public async Task Raised_EveryKindOfWrite_IsRefused()
    {
        await using var lab = await LabAsync();
        await lab.RunAsync("""
            create table note (id integer);
            create function tidy() returns trigger language plpgsql as $f$
            begin
                if new.id < 0 then
                    delete from visit where id = 90;
                else
                    truncate visit_low;
                end if;
                return null;
            end $f$;
            create trigger tidy after insert on note for each row execute function tidy();
            create view everybody as select id, name from customer
            """);
        await RaiseAsync(lab);
        var before = await lab.ContentAsync();
        string[] direct =
        [
            "insert into customer (id, name) values (20, 'n')",
            "insert into customer (id, name) values (1, 'n') on conflict (id) do update set name = excluded.name",
            "insert into customer (id, name) values (1, 'n') on conflict do nothing",
            "update customer set name = 'n'",
            "update everybody set name = 'n' where id = 1",
            "delete from purchase",
            "with gone as (delete from purchase returning id) select count(*) from gone",
            "merge into customer c using region r on c.id = r.id when matched then update set name = r.name when not matched then insert (id, name) values (r.id, r.name)",
            "copy purchase from program 'echo 9,1,1' (format csv)",
            "truncate purchase",
            "truncate region cascade",
            "insert into visit values (50, '/')",
            "update visit set id = 150 where id = 99",
            "delete from visit where id = 105",
            "insert into visit_low values (51, '/')",
            "update visit_high set page = '/' where id = 105",
            "truncate visit",
            "truncate visit_high",
        ];
        // By foreign keys, and by a trigger of another table.
        string[] indirect = ["update region set id = 100 where id = 1", "delete from region where id = 1", "insert into note values (1)", "insert into note values (-1)"];
        // In the second form as tools do that load data, which switches other triggers off.
        foreach (var write in direct.Concat(indirect).Concat(direct.Select(write => $"set session_replication_role = replica; {write}")))
        {
            (await lab.RefusalAsync(write, PrivateCluster.Superuser)).ShouldNotBeNull(write).SqlState.ShouldBe(FenceSchema.Refused, write);
        }

        (await lab.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Raised_WhatIsNoneOfItsBusiness_GoesOn()
    {
        await using var lab = await LabAsync();
        await lab.RunAsync($"grant insert, update, delete, truncate on customer, purchase, visit, visit_high to {FenceLab.Role}");
        await RaiseAsync(lab);

        // Other tables, also when a foreign key looks here and finds nothing.
        await lab.RunAsync("insert into region values (6, 'n'); update region set id = 7 where id = 6; delete from region where id in (5, 7)");
        // Our own writes.
        await lab.RunAsync(
            "insert into customer (id, name) values (30, 'n'); update purchase set cents = 1; insert into visit values (1, '/'); delete from visit_high; truncate visit", FenceLab.Role);
        (await lab.ValueAsync<long>("select count(*) from customer")).ShouldBe(4);
    }

    [Fact]
    public async Task Raise_WriterBehindUs_WaitsForTheLockTimeoutAndNotForTheBlocker()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        await using var blocker = await lab.OpenAsync();
        await blocker.ExecuteAsync("begin; update customer set version = 1 where id = 1");
        var raising = fence.RaiseAsync(FenceLab.People, 1, Cancellation);
        var pid = await lab.WaitingFenceAsync();

        var queued = false;
        await Eventually.TrueAsync("a writer has been queued behind the fence, and was let go", async () =>
        {
            await using var writer = await lab.OpenAsync();
            var writing = writer.ExecuteAsync("update customer set version = version + 1 where id = 3");
            while (!writing.IsCompleted)
            {
                queued |= await lab.ValueAsync<bool>($"select {pid} = any(pg_blocking_pids({writer.ProcessID}))");
            }

            await writing;
            return queued;
        });

        raising.IsCompleted.ShouldBeFalse();
        await blocker.ExecuteAsync("commit");
        (await raising).ShouldBe(FenceOutcome.Done);
        (await lab.LogAsync())[^1].ShouldContain("true");
    }

    [Fact]
    public async Task Raise_SessionEndedInTheMiddle_IsDownAndCanBeRaisedAgain()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        await using var blocker = await lab.OpenAsync();
        await blocker.ExecuteAsync("begin; update visit set page = '/late' where id = 105");
        var raising = fence.RaiseAsync(FenceLab.People, 1, Cancellation);
        await Eventually.TrueAsync("it has ended", async () =>
        {
            await lab.ValueAsync<bool?>("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%set_fence%'");
            return raising.IsCompleted;
        });

        await Should.ThrowAsync<NpgsqlException>(() => raising);
        (await lab.SwitchesAsync()).ShouldBe("D");
        await lab.RunAsync("update customer set version = 1");
        await blocker.ExecuteAsync("commit");
        (await fence.StateAsync(FenceLab.People, Cancellation)).ShouldBe(new FenceState(IsRaised: false, Epoch: 0));
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await lab.SwitchesAsync()).ShouldBe("A");
    }

    [Fact]
    public async Task Adapters_WithoutTheFunction_CanDoNothing()
    {
        await using var lab = await LabAsync();
        await (await clusters.LegacyAsync()).CreateRoleAsync("fence_stranger", cancellation: Cancellation);
        string[] attempts =
        [
            "alter table customer enable always trigger strangler_fence_row_people",
            "alter table customer disable trigger all",
            "drop trigger strangler_fence_row_people on customer",
            "update strangler.fence set raised = not raised",
            "delete from strangler.fence",
            "create or replace function strangler.refuse_write() returns trigger language plpgsql as 'begin return new; end'",
            "begin; lock table customer in share row exclusive mode",
        ];
        foreach (var attempt in attempts)
        {
            (await lab.RefusalAsync(attempt, FenceLab.Role)).ShouldNotBeNull(attempt).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, attempt);
        }

        (await lab.RefusalAsync("select strangler.set_fence('people', 1, true)", "fence_stranger")).ShouldNotBeNull().SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await lab.RunAsync("grant usage on schema strangler to fence_stranger");
        (await lab.RefusalAsync("select strangler.set_fence('people', 1, true)", "fence_stranger")).ShouldNotBeNull().SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await lab.RefusalAsync("select * from strangler.fence", "fence_stranger")).ShouldNotBeNull().SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Raise_TableOrPartitionWithoutItsTriggers_IsRefusedUntilInstalledAgain()
    {
        await using var lab = await LabAsync();
        var fence = await FenceAsync(lab, Patience);
        await lab.RunAsync("create table visit_top partition of visit for values from (200) to (300)");
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).Error.ShouldBe(
            "public.visit_top has no fence for the capability people: run install with Sync:Fence = true, then raise it again.");
        await lab.InstallAsync();
        await lab.RunAsync("drop table purchase; create table purchase (id integer)");
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).Error.ShouldNotBeNull().ShouldStartWith("\"public\".\"purchase\" has no fence");
        (await lab.SwitchesAsync()).ShouldBe("D");

        await lab.InstallAsync();
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await lab.RefusalAsync("truncate visit_top")).ShouldNotBeNull().SqlState.ShouldBe(FenceSchema.Refused);
        (await lab.RefusalAsync("insert into purchase values (1)")).ShouldNotBeNull().SqlState.ShouldBe(FenceSchema.Refused);
    }

    [Fact]
    public async Task Raise_VacuumOfAnotherRoleInTheWay_SaysWhatIsToBeSeenOfIt()
    {
        await using var lab = await LabAsync();
        await using var vacuum = await lab.OpenAsync(PrivateCluster.Superuser);
        await vacuum.ExecuteAsync("begin; lock table purchase in share update exclusive mode");

        (await (await FenceAsync(lab, TimeSpan.Zero)).RaiseAsync(FenceLab.People, 1, Cancellation)).Error.ShouldNotBeNull().ShouldEndWith(
            $"public.purchase was not to be locked within 300 ms: the session with pid {vacuum.ProcessID} holds ShareUpdateExclusiveLock, as a vacuum does; "
            + $"let it end or run select pg_terminate_backend({vacuum.ProcessID}), then try again.");
    }

    [Fact]
    public async Task Raise_TableOfTwoCapabilities_EachRefusesUntilBothAreDown()
    {
        await using var lab = await LabAsync();
        await lab.RunAsync(await lab.PlanAsync("it's sales", FenceLab.Role, FenceLab.Tables[1]));
        var fence = await FenceAsync(lab, Patience);
        await RaiseAsync(lab);
        (await fence.RaiseAsync("it's sales", 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await fence.LowerAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);

        await lab.RunAsync("update customer set version = 1");
        (await lab.RefusalAsync("update purchase set cents = 1")).ShouldNotBeNull().MessageText.ShouldContain("the capability it's sales is");
        (await fence.LowerAsync("it's sales", 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        await lab.RunAsync("update purchase set cents = 1");
    }

    private protected override async Task<FenceLab> LabAsync()
    {
        var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());
        await lab.InstallAsync();
        return lab;
    }

    private protected override Task<IFence> FenceAsync(FenceLab lab, TimeSpan patience) =>
        Task.FromResult<IFence>(new PostgresFence(lab.Pool(), patience, TimeProvider.System));

    private async Task RaiseAsync(FenceLab lab)
    {
        var fence = await FenceAsync(lab, Patience);
        (await fence.RaiseAsync(FenceLab.People, 1, Cancellation)).ShouldBe(FenceOutcome.Done);
    }
}
