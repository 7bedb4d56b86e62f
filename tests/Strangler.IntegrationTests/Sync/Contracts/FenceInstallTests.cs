using Dapper;
using Shouldly;
using Strangler.Sync.Fencing;
using Strangler.Sync.Installing;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>How fences are installed.</summary>
public sealed class FenceInstallTests(SharedClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Logical")]
    [InlineData("Triggers")]
    public async Task Install_Fence_PreviewShowsItTheShopGoesOnAndACutoverCanRaiseIt(string feed)
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 3);
        lab.Settings["Sync:Feed"] = feed;
        await using (var without = lab.Adapters())
        {
            (await without.PreviewAsync()).Output.ShouldNotContain("fence");
        }

        lab.Settings["Sync:Fence"] = "true";
        await using var adapters = lab.Adapters();
        (await adapters.PreviewAsync()).Output.ShouldContain("create or replace trigger \"strangler_fence_row_catalog\"");
        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);
        (await adapters.InstallAsync()).Output.ShouldContain($"Legacy: everything is in place{Environment.NewLine}");
        await lab.SourceAsync("update products set name = 'n'; delete from stock");

        var fence = adapters.Fence();
        (await fence.StateAsync("catalog", Cancellation)).ShouldBe(new FenceState(IsRaised: false, Epoch: 0));
        (await fence.RaiseAsync("catalog", 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => lab.SourceAsync("update products set name = 'm'"))).SqlState.ShouldBe(FenceSchema.Refused);
        (await adapters.InstallAsync()).Output.ShouldContain($"Legacy: everything is in place{Environment.NewLine}");
        (await fence.LowerAsync("catalog", 1, Cancellation)).ShouldBe(FenceOutcome.Done);
        await lab.SourceAsync("update products set name = 'm'");
        await lab.SourceAsync("drop schema strangler cascade");
        (await lab.SourceValueAsync<long>("select count(*) from pg_trigger where tgname like 'strangler\\_fence%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Install_LiveTable_NoTriggerIsEverSeenSwitchedOn()
    {
        await using var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());
        var plan = await lab.PlanAsync(FenceLab.People, FenceLab.Role, FenceLab.Tables);
        await using var installer = await lab.OpenAsync();
        foreach (var statement in plan.Statements)
        {
            await installer.ExecuteAsync("begin transaction");
            await installer.ExecuteAsync(statement);
            // Seen from outside before it commits, and after.
            (await lab.ValueAsync<long>("select count(*) from pg_trigger where tgname like 'strangler\\_fence%' and tgenabled <> 'D'")).ShouldBe(0, statement);
            await lab.RunAsync("select from customer, purchase, visit");
            await installer.ExecuteAsync("commit");
            (await lab.ValueAsync<long>("select count(*) from pg_trigger where tgname like 'strangler\\_fence%' and tgenabled <> 'D'")).ShouldBe(0, statement);
            await lab.RunAsync("update customer set version = version + 1; update visit set page = '/x'");
        }

        (await lab.SwitchesAsync()).ShouldBe("D");
        (await lab.PlanAsync(FenceLab.People, FenceLab.Role, FenceLab.Tables)).Statements.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_OtherTablesOrAnotherRole_ChangesTheFenceOnlyWhileItIsDown()
    {
        await using var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());
        await lab.InstallAsync();
        var fence = new PostgresFence(lab.Pool(), TimeSpan.FromMinutes(1), TimeProvider.System);
        (await fence.RaiseAsync(FenceLab.People, 7, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await lab.PlanAsync(FenceLab.People, FenceLab.Role, FenceLab.Tables[0])).Refusals
            .ShouldHaveSingleItem().ShouldBe("The fence of people is raised with epoch 7 and has to be installed again: lower it first.");
        (await fence.LowerAsync(FenceLab.People, 7, Cancellation)).ShouldBe(FenceOutcome.Done);

        var fewer = await lab.PlanAsync(FenceLab.People, FenceLab.Role, FenceLab.Tables[0]);
        // Even when it is raised between the look and the act.
        (await fence.RaiseAsync(FenceLab.People, 8, Cancellation)).ShouldBe(FenceOutcome.Done);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => lab.RunAsync(fewer))).MessageText.ShouldContain("is raised: lower it");
        (await fence.LowerAsync(FenceLab.People, 8, Cancellation)).ShouldBe(FenceOutcome.Done);
        await lab.RunAsync(fewer);
        (await fence.RaiseAsync(FenceLab.People, 9, Cancellation)).ShouldBe(FenceOutcome.Done);
        await lab.RunAsync("update purchase set cents = 1; truncate visit_low");
        (await lab.RefusalAsync("update customer set version = 1")).ShouldNotBeNull();
        (await fence.LowerAsync(FenceLab.People, 9, Cancellation)).ShouldBe(FenceOutcome.Done);

        await (await clusters.LegacyAsync()).CreateRoleAsync("fence_other", cancellation: Cancellation);
        await lab.RunAsync(await lab.PlanAsync(FenceLab.People, "fence_other", FenceLab.Tables));
        (await lab.SwitchesAsync()).ShouldBe("D");
        (await lab.PlanAsync(FenceLab.People, "fence_other", FenceLab.Tables)).Statements.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_TableOfTwoCapabilities_IsWarnedOf()
    {
        await using var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());
        await using var owner = await lab.OpenAsync();

        var plan = await FencePlanner.AddAsync(new InstallPlan([], [], []), owner, FenceLab.Role, [("people", FenceLab.Tables), ("sales", [FenceLab.Tables[1]])]);

        plan.Refusals.ShouldBeEmpty();
        plan.Warnings.ShouldHaveSingleItem().ShouldBe("public.purchase is read by people and sales: the fence of each refuses the application's writes to it, "
            + "for the others too, so these capabilities are cut over together.");
    }

    [Fact]
    public async Task Plan_RoleThatOwnsTheTablesOrTooLongAName_IsRefused()
    {
        await using var lab = await FenceLab.CreateAsync(await clusters.EmptyShopAsync());

        (await lab.PlanAsync(FenceLab.People, "shop", FenceLab.Tables[0])).Refusals
            .ShouldHaveSingleItem().ShouldBe("The role shop may do what the owner of public.customer may, so no fence would hold it: give the adapters a role of their own.");
        (await lab.PlanAsync(new string('x', 43), FenceLab.Role, FenceLab.Tables[0])).Refusals.ShouldHaveSingleItem().ShouldContain("at most 42 bytes");
        await lab.RunAsync(await lab.PlanAsync(new string('x', 42), FenceLab.Role, FenceLab.Tables[0]));
        (await lab.PlanAsync(new string('x', 42), FenceLab.Role, FenceLab.Tables[0])).Statements.ShouldBeEmpty();
    }
}
