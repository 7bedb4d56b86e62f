using Strangler.Sync.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

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
                new StreamWatermark(() => engine.Report().Streams.FirstOrDefault(stream => stream.Name == definition.Name)?.Watermark, clock),
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams)
        {
            await stream.DisposeAsync();
        }
    }
}
