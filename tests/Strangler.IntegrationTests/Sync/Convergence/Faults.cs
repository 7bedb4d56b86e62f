using Dapper;
using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>Does what the kinds of faults say, at moments and for times that the seed chooses. Only poison is left behind.</summary>
internal sealed class Faults(ChaosLab lab, ChaosAdapters adapters, Random random)
{
    private readonly Dictionary<FaultKind, int> _injected = [];
    private readonly SlotThief _thief = new(lab);

    /// <summary>How often each was injected.</summary>
    public IReadOnlyDictionary<FaultKind, int> Injected => _injected;

    /// <summary>Injects one and takes it away again.</summary>
    public async Task InjectAsync(FaultKind kind)
    {
        await MomentAsync();
        await ActAsync(kind);
        _injected[kind] = _injected.GetValueOrDefault(kind) + 1;
        if (random.Next(2) == 0)
        {
            // Else the next one hits adapters that have not recovered.
            await adapters.SaysAsync("all streams are live", report => report.Streams.All(stream => stream.State is StreamStates.Following or StreamStates.Filling));
        }
    }

    /// <summary>Corrects what was poisoned.</summary>
    public Task CureAsync() => SourceAsync($"""
        update products set currency = 'EUR' where currency = '';
        update products set deleted = 'N' where deleted = '?';
        update products set name = 'cured' where name = '{ChaosSchema.RefusedName}';
        update stock set qty = 1 where qty = {ChaosSchema.RefusedQuantity}
        """);

    private Task ActAsync(FaultKind kind) => kind switch
    {
        FaultKind.KillAdapters => KillAsync(),
        FaultKind.TakeOver => TakeOverAsync(),
        FaultKind.FrozenLeader => FrozenLeaderAsync(),
        FaultKind.FreezeAdapters => FreezeAdaptersAsync(),
        FaultKind.FreezeBackend => FreezeBackendAsync(),
        FaultKind.StopSource => StopAsync(lab.Clusters.Source),
        FaultKind.StopCatalog => StopAsync(lab.Clusters.Catalog),
        FaultKind.StopLedger => StopAsync(lab.Clusters.Ledger),
        FaultKind.StopAll => StopAsync(lab.Clusters.Source, lab.Clusters.Catalog, lab.Clusters.Ledger),
        FaultKind.LongAway => LongAwayAsync(kills: false),
        FaultKind.LongAwayAndKill => LongAwayAsync(kills: true),
        FaultKind.CutSource => CutAsync(lab.SourceWire),
        FaultKind.CutTargets => CutAsync(lab.CatalogWire, lab.LedgerWire),
        FaultKind.Delay => DelayAsync(OneOf(lab.SourceWire, lab.CatalogWire, lab.LedgerWire)),
        FaultKind.Block => BlockAsync(OneOf(lab.SourceWire, lab.CatalogWire, lab.LedgerWire)),
        FaultKind.DropSlot => lab.DropSlotAsync(),
        FaultKind.LoseSlot => LoseSlotAsync(),
        FaultKind.AddColumn => SourceAsync($"alter table products add column note_{random.Next()} text not null default 'none'"),
        FaultKind.ChangeType => DriftAsync("alter table products alter weight_g type bigint", "alter table products alter weight_g type integer"),
        FaultKind.RenameColumn => DriftAsync("alter table products rename weight_g to weight", "alter table products rename weight to weight_g"),
        FaultKind.PoisonMapping => SourceAsync($"""
            update products set currency = '' where prod_id % 97 = {random.Next(97)}; update products set deleted = '?' where prod_id % 97 = {random.Next(97)}
            """),
        FaultKind.PoisonConstraint => SourceAsync($"""
            update products set name = '{ChaosSchema.RefusedName}' where prod_id % 97 = {random.Next(97)};
            update stock set qty = {ChaosSchema.RefusedQuantity} where wh = 'MUC' and prod_id % 97 = {random.Next(97)}
            """),
        FaultKind.LockSource => LockAsync(lab.Source, OneOf("products", "stock", "chaos_event")),
        _ => OneOf(true, false) ? LockAsync(lab.Catalog, "catalog.product") : LockAsync(lab.Events, "events.chaos_event_log"),
    };

    private async Task KillAsync()
    {
        await adapters.Kill9Async();
        adapters.Start();
    }

    private async Task TakeOverAsync()
    {
        await StartWaitingAsync();
        await adapters.Kill9Async();
        await adapters.SaysAsync("the second leads", report => report.Sources[0].Leader);
    }

    private async Task FrozenLeaderAsync()
    {
        await StartWaitingAsync();
        adapters.First.Signal(UnixSignal.Stop);
        await adapters.SaysAsync("the second leads", report =>
        {
            if (!report.Sources[0].Leader)
            {
                EndSessions();
            }

            return report.Sources[0].Leader;
        });
        await MomentAsync();
        adapters.First.Signal(UnixSignal.Continue);
        await MomentAsync();
        await adapters.Kill9Async();
    }

    private void EndSessions()
    {
        using var source = new NpgsqlConnection(lab.SourceSuperuser);
        source.Execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'strangler_reader' and datname = current_database()");
    }

    private async Task StartWaitingAsync()
    {
        await adapters.SaysAsync("one leads", report => report.Sources[0].Leader);
        adapters.Start();
        await adapters.SaysAsync("the second waits", report => report.Streams.All(stream => stream.State == StreamStates.Waiting));
    }

    private async Task FreezeAdaptersAsync()
    {
        var process = adapters.First;
        process.Signal(UnixSignal.Stop);
        await WhileAsync(4);
        process.Signal(UnixSignal.Continue);
    }

    private async Task FreezeBackendAsync()
    {
        const string Sql = "select pid from pg_stat_activity where application_name = 'strangler-sync' and datname = current_database() order by random() limit 1";
        var store = OneOf(lab.SourceSuperuser, lab.Catalog, lab.Inventory, lab.Events);
        int? pid = null;
        await Eventually.TrueAsync("a session of ours", async () => (pid = await ChaosLab.ValueAsync<int?>(store, Sql)) is not null);
        Libc.Signal(pid!.Value, UnixSignal.Stop);
        await WhileAsync(4);
        Libc.Signal(pid.Value, UnixSignal.Continue);
    }

    private async Task StopAsync(params PrivateCluster[] clusters)
    {
        await Task.WhenAll(clusters.Select(cluster => cluster.StopAsync(StopMode.Immediate)));
        await WhileAsync(1.5);
        foreach (var cluster in clusters)
        {
            await cluster.StartAsync();
        }
    }

    private async Task LongAwayAsync(bool kills)
    {
        var cluster = OneOf(lab.Clusters.Catalog, lab.Clusters.Ledger);
        await cluster.StopAsync(StopMode.Immediate);
        await adapters.SaysAsync("a journal is written", report => report.Streams.Any(stream => stream.State == StreamStates.Journaling));
        await MomentAsync();
        if (kills)
        {
            await KillAsync();
            await MomentAsync();
        }

        await cluster.StartAsync();
    }

    private async Task CutAsync(params TcpProxy[] wires)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            foreach (var wire in wires)
            {
                wire.Cut();
            }

            await MomentAsync();
        }
    }

    private async Task DelayAsync(TcpProxy wire)
    {
        wire.Delay = TimeSpan.FromMilliseconds(random.Next(5, 200));
        await WhileAsync(3);
        wire.Delay = TimeSpan.Zero;
    }

    private async Task BlockAsync(TcpProxy wire)
    {
        wire.IsBlocked = true;
        await WhileAsync(4);
        if (random.Next(2) == 0)
        {
            wire.Cut();
        }

        wire.IsBlocked = false;
    }

    private async Task LoseSlotAsync()
    {
        await Eventually.TrueAsync("there is a slot", _thief.SlotIsThereAsync);
        await adapters.Kill9Async();
        await _thief.StealAsync();
        adapters.Start();
    }

    private async Task DriftAsync(string there, string back)
    {
        await SourceAsync(there);
        await SourceAsync("update products set name = left(name, 30) || '!' where prod_id % 50 = 4");
        await adapters.SaysAsync("a kind stands still", report => report.Streams.Any(stream => stream.Paused.Count > 0));
        await MomentAsync();
        await SourceAsync(back);
    }

    private async Task LockAsync(string store, string table)
    {
        await using var connection = new NpgsqlConnection(store);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync($"lock table {table} in access exclusive mode");
        await WhileAsync(6);
        await transaction.CommitAsync();
    }

    private Task SourceAsync(string sql) => Eventually.TrueAsync(sql, async () =>
    {
        try
        {
            await ChaosLab.ExecuteAsync(lab.Source, sql);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    });

    private T OneOf<T>(params T[] all) => all[random.Next(all.Length)];

    private Task MomentAsync() => Task.Delay(random.Next(50, 700));

    private Task WhileAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * (0.1 + (0.9 * random.NextDouble()))));
}
