using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Strangler.Core.Adapters;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Status;
using Strangler.Sync.Streams;

namespace Strangler.Sync;

/// <summary>Runs all declared streams while the application runs: one worker for each source.</summary>
internal sealed class SyncEngine : IHostedService
{
    private readonly List<SourceWorker> _workers;
    private readonly List<StreamContext> _streams;
    private readonly TimeProvider _clock;

    /// <summary>Connects the streams.</summary>
    public SyncEngine(
        SyncBuilder builder, IStoreConnector connector, BucketMaps buckets, IOptions<SyncOptions> options, SyncMeter meter, TimeProvider clock, ILogger<SyncEngine> log)
    {
        _clock = clock;
        var runtime = new SyncRuntime(options.Value, meter, clock, log);
        _workers = [.. builder.Definitions.GroupBy(definition => definition.Source, StringComparer.Ordinal).Select(group => Worker([.. group], connector, buckets, runtime))];
        _streams = [.. _workers.SelectMany(worker => worker.Source.Streams)];
        meter.Observe([.. _streams.Select(stream => stream.Status)], clock);
        meter.Observe([.. _workers.Select(worker => worker.Source.Status)]);
    }

    /// <summary>Whether every stream works, or is ready to take over.</summary>
    public bool IsReady => _streams.TrueForAll(stream => stream.Status.State != StreamStates.Stopped);

    /// <summary>The streams.</summary>
    public IReadOnlyList<StreamContext> Streams => _streams;

    /// <summary>The status of everything.</summary>
    public AdaptersReport Report()
    {
        var now = _clock.GetUtcNow();
        return new AdaptersReport(
            now,
            [.. _workers.Select(worker => worker.Source.Status.Report())],
            [.. _streams.Select(stream => stream.Status.Report(now))]);
    }

    /// <summary>Has a stream bring its aggregates over anew.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="request">Which, who and why.</param>
    /// <param name="cancellation">Ends the wait; what is begun goes on.</param>
    /// <returns>The kinds that were begun anew.</returns>
    /// <exception cref="InvalidOperationException">The stream is not live here.</exception>
    public async Task<IReadOnlyList<string>> BackfillAsync(StreamContext stream, BackfillRequest request, CancellationToken cancellation)
    {
        var live = LiveOf(stream.Name);
        List<string> entities = [.. stream.Mappings.Select(mapping => mapping.Entity).Where(entity => request.Entity is null || entity == request.Entity)];
        foreach (var entity in entities)
        {
            await live.Backfill.RestartAsync(entity, cancellation);
            stream.Runtime.Log.BackfillAsked(stream.Name, entity, request.Actor ?? "", request.Reason ?? "");
        }

        return entities;
    }

    /// <summary>The worker of a source; null when there is none of that name.</summary>
    public SourceWorker? WorkerOf(string source) => _workers.Find(worker => worker.Source.Name == source);

    /// <summary>The names of the sources.</summary>
    public IReadOnlyList<string> Sources => [.. _workers.Select(worker => worker.Source.Name)];

    /// <summary>A stream that is live here.</summary>
    /// <exception cref="InvalidOperationException">It is not live, or there is none of this name.</exception>
    public LiveStream LiveOf(string name)
    {
        var stream = _streams.Find(stream => stream.Name == name) ?? throw new InvalidOperationException($"There is no stream {name}.");
        return _workers.Find(worker => worker.Source.Streams.Contains(stream))!.Session?.RunnerOf(stream)?.Live
            ?? throw new InvalidOperationException($"The stream {name} is {stream.Status.State} here.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StartAsync(cancellationToken)));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StopAsync(cancellationToken)));

    private static SourceWorker Worker(IReadOnlyList<StreamDefinition> definitions, IStoreConnector connector, BucketMaps buckets, SyncRuntime runtime)
    {
        var name = definitions[0].Source;
        var ports = connector.Source(name, definitions);
        var streams = definitions
            .Select(definition => new StreamContext(
                definition.Name,
                definition.IsOrdered,
                definition.Mappings,
                ports.Reader,
                connector.Target(definition),
                new StreamStatus(definition.Name),
                buckets.Of(definition.Name),
                runtime))
            .ToList();
        foreach (var stream in streams)
        {
            stream.Status.Pauses = () => stream.Pauses.All;
            stream.Buckets.Attach();
        }

        return new SourceWorker(new SourceContext(name, runtime.Options.Slot, ports, streams, new SourceStatus(name), runtime));
    }
}
