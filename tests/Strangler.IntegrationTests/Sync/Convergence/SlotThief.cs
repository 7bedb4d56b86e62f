namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>Makes the source throw away log that a slot still needs.</summary>
internal sealed class SlotThief(ChaosLab lab)
{
    /// <summary>Whether there is a slot with log to lose.</summary>
    public async Task<bool> SlotIsThereAsync() => await StatusAsync() is not (null or "lost");

    /// <summary>Fills the log until the slot is lost.</summary>
    public async Task StealAsync()
    {
        await SetAsync("alter system set max_slot_wal_keep_size = '1MB'");
        await ChaosLab.ExecuteAsync(lab.SourceSuperuser, "create table if not exists filler (t text)");
        await Eventually.TrueAsync("the slot is lost", async () =>
        {
            await ChaosLab.ExecuteAsync(lab.SourceSuperuser, "insert into filler select repeat('x', 1000) from generate_series(1, 5000)");
            await ChaosLab.ExecuteAsync(lab.SourceSuperuser, "select pg_switch_wal(); checkpoint");
            return await StatusAsync() is null or "lost";
        });
        await SetAsync("alter system reset max_slot_wal_keep_size");
        await ChaosLab.ExecuteAsync(lab.SourceSuperuser, "truncate filler");
    }

    private Task<string?> StatusAsync() =>
        ChaosLab.ValueAsync<string>(lab.SourceSuperuser, $"select wal_status from pg_replication_slots where slot_name = '{lab.Slot}'");

    private async Task SetAsync(string sql)
    {
        await ChaosLab.ExecuteAsync(lab.SourceSuperuser, sql);
        await ChaosLab.ExecuteAsync(lab.SourceSuperuser, "select pg_reload_conf()");
    }
}
