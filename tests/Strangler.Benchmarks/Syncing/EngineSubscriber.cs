using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Strangler.Core.Adapters;
using Strangler.Sync;
using Strangler.Sync.Reading;

namespace Strangler.Benchmarks.Syncing;

/// <summary>The sync engine, in this process.</summary>
/// <param name="images">Whether it takes the rows of the log, or reads aggregates again.</param>
/// <param name="lanes">Its lanes.</param>
internal sealed class EngineSubscriber(bool images, int lanes) : ISubscriber
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strangler-bench-").FullName;
    private SyncPair? _pair;
    private WebApplication? _app;

    /// <inheritdoc/>
    public async Task PrepareAsync(SyncPair pair)
    {
        _pair = pair;
        // Installed and filled from an empty table, then stopped: the slot keeps what comes now.
        await using (var first = Build())
        {
            await BenchAdapters.InstallAsync(first);
            await first.StartAsync();
            var engine = first.Services.GetRequiredService<SyncEngine>();
            while (engine.Report().Streams[0].State != "following")
            {
                await Task.Delay(20);
            }

            await first.StopAsync();
        }

        _app = Build();
    }

    /// <inheritdoc/>
    public Task StartAsync() => _app!.StartAsync();

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _app = Build();
    }

    /// <inheritdoc/>
    public async Task WaitAsync(ulong position)
    {
        var engine = _app!.Services.GetRequiredService<SyncEngine>();
        while (true)
        {
            try
            {
                // Keys that were set aside do not hold the position back.
                if (engine.LiveOf("bench").Low() >= new Lsn(position) && engine.Report().Streams[0] is { State: StreamStates.Following, Waiting: 0 })
                {
                    return;
                }
            }
            catch (InvalidOperationException)
            {
                // Not live yet.
            }

            await Task.Delay(2);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_pair is not null)
        {
            await SyncPair.ScalarAsync<bool>(_pair.Source, "select bool_and(pg_drop_replication_slot(slot_name) is not null) from pg_replication_slots where slot_name = 'bench'");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private WebApplication Build() => BenchAdapters.Build(_pair!, images, lanes, _folder, ChangeFeedKind.Logical);
}
