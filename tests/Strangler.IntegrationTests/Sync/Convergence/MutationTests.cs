using Dapper;
using Npgsql;
using Shouldly;
using Strangler.ChaosAdapter;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>
/// Proof that the check can fail: each rule of the engine is broken on purpose, and the fault that it is there for is arranged, so that the loss is
/// certain. The same with the engine as it is loses nothing.
/// </summary>
public sealed class MutationTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill9BeforeApplied_AcknowledgedBeforeFlush_IsLost(bool broken)
    {
        await using var lab = await LabAsync(broken ? Mutation.EarlyAcknowledgementWithoutStartRule : null);
        await using var adapters = await FollowingAsync(lab);
        await using (await LockAsync(lab.Events, "lock table events.chaos_event_log in access exclusive mode"))
        {
            await ChaosLab.ExecuteAsync(lab.Source, "insert into chaos_event (token) values ('unapplied')");
            await ReceivedAsync(lab, adapters, acknowledged: broken);
            await KillAsync(lab, adapters);
        }

        await CheckAsync(lab, adapters, broken, "lost token unapplied");
    }

    [Fact]
    public async Task Kill9BeforeApplied_AcknowledgedBeforeFlush_StartRuleFindsTheGap()
    {
        await using var lab = await LabAsync(Mutation.EarlyAcknowledgement);
        await using var adapters = await FollowingAsync(lab);
        await using (await LockAsync(lab.Events, "lock table events.chaos_event_log in access exclusive mode"))
        {
            await ChaosLab.ExecuteAsync(lab.Source, "insert into chaos_event (token) values ('unapplied')");
            await ReceivedAsync(lab, adapters, acknowledged: true);
            await KillAsync(lab, adapters);
        }

        await CheckAsync(lab, adapters, broken: false, "");
        adapters.Output.ShouldContain("may have been missed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SlotMovedOn_NoGapCheck_IsLost(bool broken)
    {
        await using var lab = await LabAsync(broken ? Mutation.NoGapCheck : null);
        await using var adapters = await FollowingAsync(lab);
        await KillAsync(lab, adapters);

        await ChaosLab.ExecuteAsync(lab.Source, "insert into chaos_event (token) values ('skipped')");
        await Eventually.TrueAsync("the slot is moved on", async () =>
        {
            try
            {
                await ChaosLab.ExecuteAsync(lab.SourceSuperuser, $"select pg_replication_slot_advance('{lab.Slot}', pg_current_wal_lsn())");
                return true;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                return false;
            }
        });

        await CheckAsync(lab, adapters, broken, "lost token skipped");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CommitInTheLogButNotVisible_NoVisibilityCheck_IsLost(bool broken)
    {
        await using var lab = await LabAsync(broken ? Mutation.NoVisibilityCheck : null);
        await using var adapters = await FollowingAsync(lab);
        Task committing;
        try
        {
            // Such a commit waits for a standby that nobody is: its record is in the log, and no snapshot shows it.
            await StandbyAsync("nobody");
            committing = ChaosLab.ExecuteAsync(lab.Source, "insert into chaos_event (token) values ('invisible')");
            await Eventually.TrueAsync("the commit waits", () => ChaosLab.ValueAsync<bool>(
                lab.SourceSuperuser, "select count(*) = 1 from pg_stat_activity where wait_event = 'SyncRep' and datname = current_database()"));
            await ReceivedAsync(lab, adapters, acknowledged: broken);
            committing.IsCompleted.ShouldBeFalse();
        }
        finally
        {
            await StandbyAsync("");
        }

        await committing;
        await KillAsync(lab, adapters);
        await CheckAsync(lab, adapters, broken, "lost token invisible");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill9InsideTransaction_PositionMovedInside_IsLost(bool broken)
    {
        await using var lab = await LabAsync(broken ? Mutation.AcknowledgementInsideTransaction : null);
        lab.Settings["Sync:Lanes"] = "1";
        lab.Settings["Sync:MaxTransactionsPerBatch"] = "1";
        await using var adapters = await FollowingAsync(lab);
        var before = await LaneAsync(lab);
        await using (await LockAsync(lab.Catalog, "select from catalog.product where number = 2 for update"))
        {
            await ChaosLab.ExecuteAsync(lab.Source, "update products set name = 'changed' where prod_id = 1; update products set name = 'changed' where prod_id = 2");
            await Eventually.TrueAsync("the second write waits", () => ChaosLab.ValueAsync<bool>(
                lab.Catalog, "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"));
            (await LaneAsync(lab) != before).ShouldBe(broken);
            await KillAsync(lab, adapters);
        }

        await CheckAsync(lab, adapters, broken, "missing in catalog.product");
    }

    private async Task<ChaosLab> LabAsync(Mutation? mutation)
    {
        var lab = await ChaosLab.CreateAsync(clusters, products: 5);
        lab.Settings["Chaos:Mutation"] = mutation?.ToString();
        // A journal would save what the broken engine is to lose.
        lab.Settings["Sync:JournalAfter"] = "00:05:00";
        return lab;
    }

    private static async Task<ChaosAdapters> FollowingAsync(ChaosLab lab)
    {
        var adapters = new ChaosAdapters(lab.Settings);
        adapters.Start();
        await adapters.SaysAsync("following", report => report.Streams.All(stream => stream.State == StreamStates.Following));
        return adapters;
    }

    /// <summary>Returns when the adapters have read all that is in the log, and the source has been told that it may forget it, if that is expected.</summary>
    private static async Task ReceivedAsync(ChaosLab lab, ChaosAdapters adapters, bool acknowledged)
    {
        var end = await ChaosLab.ValueAsync<string>(lab.SourceSuperuser, "select pg_current_wal_insert_lsn()::text");
        await adapters.SaysAsync("it has been read", report => Later(report.Sources[0].Position, end!));
        if (acknowledged)
        {
            await Eventually.TrueAsync("it has been acknowledged", () => ChaosLab.ValueAsync<bool>(
                lab.SourceSuperuser, $"select confirmed_flush_lsn >= '{end}' from pg_replication_slots where slot_name = '{lab.Slot}'"));
        }
    }

    private static bool Later(string? position, string end) =>
        position is not null && Strangler.Sync.Reading.Lsn.Parse(position) >= Strangler.Sync.Reading.Lsn.Parse(end);

    private static Task<string?> LaneAsync(ChaosLab lab) => ChaosLab.ValueAsync<string>(lab.Catalog, "select lsn::text from sync.lane");

    /// <summary>Starts the adapters again, writes once more, waits until that has come, and looks.</summary>
    private async Task CheckAsync(ChaosLab lab, ChaosAdapters adapters, bool broken, string expected)
    {
        adapters.Start();
        await ChaosLab.ExecuteAsync(lab.Source, "insert into chaos_event (token) values ('last'); insert into stock select 5, 'ZZZ', 1, now()");
        var end = TimeProvider.System.GetUtcNow();
        await adapters.SaysAsync("all has come", report => report.Streams.All(stream => stream.Watermark > end));
        var violations = await ChaosCheck.ViolationsAsync(lab, ["last"]);
        output.WriteLine(string.Join('\n', violations));
        if (!broken && violations.Count > 0) output.WriteLine(adapters.Output);
        if (broken)
        {
            violations.ShouldContain(violation => violation.StartsWith(expected, StringComparison.Ordinal));
        }
        else
        {
            violations.ShouldBeEmpty();
        }
    }

    private async Task StandbyAsync(string name)
    {
        await clusters.Source.ExecuteAsync("postgres", $"alter system set synchronous_standby_names = '{name}'");
        await clusters.Source.ExecuteAsync("postgres", "select pg_reload_conf()");
        await Eventually.TrueAsync("the setting is read", async () => await ChaosLab.ValueAsync<string>(
            clusters.Source.ConnectionString("postgres") + ";Pooling=false", "show synchronous_standby_names") == name);
    }

    /// <summary>Kills the adapters, and in the targets what they had sent already, which would go on when it can.</summary>
    private static async Task KillAsync(ChaosLab lab, ChaosAdapters adapters)
    {
        await adapters.Kill9Async();
        foreach (var target in new[] { lab.Catalog, lab.Inventory, lab.Events })
        {
            const string Ours = "pg_stat_activity where usename = 'strangler_writer' and datname = current_database()";
            await ChaosLab.ExecuteAsync(target, $"select pg_terminate_backend(pid) from {Ours}");
            await Eventually.TrueAsync("our sessions have ended", () => ChaosLab.ValueAsync<bool>(target, $"select count(*) = 0 from {Ours}"));
        }
    }

    private static async Task<IAsyncDisposable> LockAsync(string store, string sql)
    {
        var connection = new NpgsqlConnection(store);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"begin; {sql}");
        return connection;
    }
}
