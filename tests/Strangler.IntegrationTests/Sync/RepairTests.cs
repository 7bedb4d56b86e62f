using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Sync;
using Strangler.Sync.Reconciling;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What a repair hands to the engine, which does not run here.</summary>
public sealed class RepairTests(SharedClusters clusters)
{
    private static readonly RepairRequest Asked = new(Actor: "ada", Reason: "moved by hand");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Repair_Differences_AreHandedToTheEngineAndNoted()
    {
        await using var lab = await FilledLabAsync();
        await lab.TargetAsync("update catalog.product set price = price + 1 where number = 7; delete from catalog.product where number = 8");
        await using var reconciler = Reconciler(lab);
        var run = await CompareAsync(reconciler);

        var dry = await reconciler.StartRepairAsync(Asked with { DryRun = true }, Cancellation);
        (dry.State, dry.Run, dry.Keys, dry.Limit).ShouldBe(("planned", run.Id, 2, 1000));
        dry.Items.Select(item => $"{item.Key} {item.Kind}").ShouldBe(["7 changed", "8 missing"]);
        dry.Items[0].Fields.ShouldBe([new DifferingField("catalog.product.price", "legacy")]);
        (await lab.TargetValueAsync<long>("select count(*) from sync.dirty")).ShouldBe(0);

        var repair = await RepairAsync(reconciler, Asked);

        (repair.State, repair.Repaired, repair.Left).ShouldBe(("finished", 0, 2), repair.Error);
        repair.Items.ShouldAllBe(item => item.Kind == "waiting");
        (await lab.TargetValueAsync<string>("select string_agg(stream || ' ' || entity || ' ' || key || ' ' || reason, ', ' order by key) from sync.dirty"))
            .ShouldBe("catalog product 7 repair, catalog product 8 repair");
        (await lab.TargetValueAsync<string>("select string_agg(key, ' ' order by key) from sync.applied where hash = ''")).ShouldBe("7 8");
        (await lab.TargetValueAsync<string>("select string_agg(key || ' ' || kind || ' ' || actor || ' ' || reason || ' ' || run, ', ' order by key) from sync.repair_audit"))
            .ShouldBe($"7 changed ada moved by hand {run.Id}, 8 missing ada moved by hand {run.Id}");
    }

    [Fact]
    public async Task Repair_KeyThatWaitsAlready_GetsANewStamp()
    {
        await using var lab = await FilledLabAsync();
        await lab.TargetAsync("update catalog.product set price = price + 1 where number = 7");
        await using var reconciler = Reconciler(lab);
        await CompareAsync(reconciler);
        await lab.TargetAsync("insert into sync.dirty (stream, entity, key, reason, not_before) values ('catalog', 'product', '7', 'retry', 'infinity')");
        var stamp = await lab.TargetValueAsync<long>("select stamp from sync.dirty");

        await RepairAsync(reconciler, Asked);

        (await lab.TargetValueAsync<long>("select stamp from sync.dirty where reason = 'repair' and not_before <= now()")).ShouldBeGreaterThan(stamp);
    }

    [Fact]
    public async Task Repair_Stray_IsDeletedOnlyWhenAskedFor()
    {
        await using var lab = await FilledLabAsync();
        await lab.TargetAsync("""
            insert into catalog.product select '00000000-0000-0000-0000-000000000009', 999, 'X', name, description, price, currency, weight_grams,
                status, available, search_text, created_at, updated_at from catalog.product where number = 7
            """);
        await using var reconciler = Reconciler(lab);
        await CompareAsync(reconciler);

        var without = await RepairAsync(reconciler, Asked);
        (without.Keys, without.Strays).ShouldBe((0, 1));
        (await lab.TargetValueAsync<long>("select count(*) from catalog.product where number = 999")).ShouldBe(1);

        var with = await RepairAsync(reconciler, Asked with { Strays = true });
        (with.Repaired, with.Left, with.Strays).ShouldBe((1, 0, 0));
        (await lab.TargetValueAsync<long>("select count(*) from catalog.product where number = 999")).ShouldBe(0);
        (await CompareAsync(reconciler)).Verdict.ShouldBe("clean");
    }

    [Fact]
    public async Task Repair_TooMany_IsRefusedWithTheWayOut()
    {
        await using var lab = await FilledLabAsync();
        await lab.TargetAsync("update catalog.product set price = price + 1 where number < 4");
        await using var reconciler = Reconciler(lab);
        await CompareAsync(reconciler);

        var refusal = await Should.ThrowAsync<ReconcileRefusedException>(() => reconciler.StartRepairAsync(Asked with { MaxKeys = 2 }, Cancellation));

        refusal.Message.ShouldStartWith("3 aggregates differ, but one repair touches at most 2 of 20");
        refusal.Message.ShouldEndWith("raise the limit with --max-keys 3.");
        (await lab.TargetValueAsync<long>("select count(*) from sync.dirty")).ShouldBe(0);
    }

    [Fact]
    public async Task Compare_UnchangedRanges_AreNotReadAgain()
    {
        await using var lab = await FilledLabAsync();
        await using var reconciler = Reconciler(lab);
        reconciler.Buckets.Attach();
        (await CompareAsync(reconciler)).Mode.ShouldBe("full");
        await lab.TargetAsync("update catalog.product set price = price + 1 where number in (7, 17)");

        reconciler.Buckets.MarkDirty("product", ["17"]);
        var run = await CompareAsync(reconciler);

        run.Mode.ShouldBe("changed");
        run.Items.ShouldHaveSingleItem().Key.ShouldBe("17");
        var entity = run.Entities.ShouldHaveSingleItem();
        (entity.Ranges, entity.RangesRead, entity.Source, entity.Target).ShouldBe((3, 1, 20, 20));
        entity.UnchangedSince.ShouldNotBeNull();
        // What differs is read again the next time, although nobody has written it.
        (await CompareAsync(reconciler)).Items.ShouldHaveSingleItem().Key.ShouldBe("17");
        (await CompareAsync(reconciler, full: true)).Items.Select(item => item.Key).ShouldBe(["7", "17"]);
    }

    private static StreamReconciler Reconciler(SyncLab lab)
    {
        var definition = new StreamDefinition("catalog", "Legacy", "Catalog", [SyncLab.Mapping]);
        return new StreamReconciler(
            definition,
            lab.Settings["ConnectionStrings:Legacy"]!,
            lab.Settings["ConnectionStrings:Catalog"]!,
            new StreamWatermark(() => DateTimeOffset.MaxValue, TimeProvider.System),
            _ => throw new InvalidOperationException("no engine runs"),
            new BucketMap(definition.Mappings),
            new SyncOptions { ComparePage = 10, CompareSettle = TimeSpan.FromMilliseconds(200) },
            TimeProvider.System);
    }

    private async Task<SyncLab> FilledLabAsync()
    {
        var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 20);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        return lab;
    }

    private static async Task<CompareRun> CompareAsync(StreamReconciler reconciler, bool full = false)
    {
        var run = await reconciler.StartCompareAsync(new CompareRequest(full, Actor: "ada"), Cancellation);
        await Eventually.TrueAsync("the comparison ends", () => (run = reconciler.Compare(run.Id)!).State != "running");
        run.State.ShouldBe("finished", run.Error);
        await Eventually.TrueAsync("it is noted", async () => await reconciler.Tables.RunAsync(run.Id, Cancellation) is not null);
        return run;
    }

    private static async Task<RepairRun> RepairAsync(StreamReconciler reconciler, RepairRequest request)
    {
        RepairRun? run = null;
        await Eventually.TrueAsync("the comparison has ended", async () =>
        {
            try
            {
                run = await reconciler.StartRepairAsync(request, Cancellation);
                return true;
            }
            catch (ReconcileRefusedException e) when (e.Message.Contains("is running", StringComparison.Ordinal))
            {
                return false;
            }
        });
        await Eventually.TrueAsync("the repair ends", () => (run = reconciler.Repair(run!.Id)!).State != "running");
        return run!;
    }
}
