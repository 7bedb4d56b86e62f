using Strangler.Sync;
using Strangler.Sync.Applying;

namespace Strangler.ChaosAdapter;

/// <summary>Puts the broken ports between the engine and the real ones.</summary>
internal sealed class MutatedConnector(PostgresStreamConnector inner, Mutation mutation) : IStreamConnector
{
    /// <inheritdoc/>
    public StreamPorts Connect(StreamDefinition definition)
    {
        var ports = inner.Connect(definition);
        var hasty = ports with { Writer = new HastyWriter(ports.Writer) };
        return mutation == Mutation.EarlyAcknowledgement
            ? hasty
            : hasty with { OpenFeed = () => new BlindFeed(ports.OpenFeed()) };
    }
}
