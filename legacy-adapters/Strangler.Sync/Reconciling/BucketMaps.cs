namespace Strangler.Sync.Reconciling;

/// <summary>The maps of all streams: the engine marks in them what it has written.</summary>
internal sealed class BucketMaps(SyncBuilder builder)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BucketMap> _maps = new(StringComparer.Ordinal);

    /// <summary>The map of a stream.</summary>
    public BucketMap Of(string stream)
    {
        lock (_gate)
        {
            if (!_maps.TryGetValue(stream, out var map))
            {
                _maps.Add(stream, map = new BucketMap(builder.Definitions.First(definition => definition.Name == stream).Mappings));
            }

            return map;
        }
    }
}
