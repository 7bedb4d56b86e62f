using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Strangler.Core.Adapters;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Reconciling;

/// <summary>Compares and repairs all declared streams.</summary>
internal sealed class Reconciler : IAsyncDisposable
{
    private readonly List<StreamReconciler> _streams;

    /// <summary>One for each stream.</summary>
    public Reconciler(SyncBuilder builder, SyncEngine engine, BucketMaps buckets, IConfiguration configuration, IOptions<SyncOptions> options, TimeProvider clock)
    {
        _streams =
        [
            .. builder.Definitions.Select(definition => new StreamReconciler(
                definition,
                PostgresStoreConnector.Required(configuration, definition.Source),
                PostgresStoreConnector.Required(configuration, definition.Target),
                new StreamWatermark(() => WatermarkOf(engine, definition.Name), clock),
                cancellation => engine.LiveOf(definition.Name).AlignAsync(cancellation),
                buckets.Of(definition.Name),
                options.Value,
                clock)),
        ];
    }

    /// <summary>The names of the streams.</summary>
    public IReadOnlyList<string> Names => [.. _streams.Select(stream => stream.Definition.Name)];

    /// <summary>A stream; null when there is none of that name.</summary>
    public StreamReconciler? Find(string name) => _streams.Find(stream => stream.Definition.Name == name);

    /// <summary>Stops what is running on a source, and leaves no connection to it.</summary>
    public Task ReleaseAsync(string source) =>
        Task.WhenAll(_streams.Where(stream => stream.Definition.Source == source).Select(stream => stream.ReleaseSourceAsync()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
        {
            await stream.DisposeAsync();
        }
    }

    // Of a paused stream it stands still, and nothing may be read to wait for it.
    private static DateTimeOffset? WatermarkOf(SyncEngine engine, string name) =>
        engine.Report().Streams.FirstOrDefault(stream => stream.Name == name) is { State: not StreamStates.Paused } stream ? stream.Watermark : null;
}
