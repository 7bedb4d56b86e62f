using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Strangler.Sync.Applying;
using Strangler.Sync.Status;

namespace Strangler.Sync;

/// <summary>Runs all declared streams while the application runs.</summary>
internal sealed class SyncEngine : IHostedService
{
    private readonly List<StreamWorker> _workers;
    private readonly List<StreamStatus> _statuses;
    private readonly TimeProvider _clock;

    /// <summary>Connects the streams.</summary>
    public SyncEngine(
        SyncBuilder builder, IStreamConnector connector, IOptions<SyncOptions> options, SyncMeter meter, TimeProvider clock, ILogger<SyncEngine> log)
    {
        _clock = clock;
        var runtime = new SyncRuntime(options.Value, meter, clock, log);
        _statuses = [.. builder.Definitions.Select(definition => new StreamStatus(definition.Name))];
        _workers =
        [
            .. builder.Definitions.Zip(_statuses, (definition, status) => new StreamWorker(
                new SyncStream(definition.Name, options.Value.Slot, definition.Mappings, connector.Connect(definition), status), runtime)),
        ];
        meter.Observe(_statuses, clock);
    }

    /// <summary>Whether every stream works.</summary>
    public bool IsReady => _statuses.TrueForAll(status => status.State != StreamState.Stopped);

    /// <summary>The status of all streams.</summary>
    public SyncReport Report()
    {
        var now = _clock.GetUtcNow();
        return new SyncReport(now.UtcDateTime, [.. _statuses.Select(status => status.Report(now))]);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StartAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StopAsync(cancellationToken)));
}
