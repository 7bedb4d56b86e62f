using Strangler.Sync;
using Strangler.Sync.Fencing;
using Strangler.Sync.Streams;

namespace Strangler.ChaosAdapter;

/// <summary>Puts the broken ports between the engine and the real ones.</summary>
internal sealed class MutatedConnector(PostgresStoreConnector inner, Mutation mutation) : IStoreConnector
{
    /// <inheritdoc/>
    public SourcePorts Source(string name, IReadOnlyList<StreamDefinition> streams)
    {
        var ports = inner.Source(name, streams);
        return ports with
        {
            OpenFeed = () => new MutatedFeed(ports.OpenFeed(), mutation),
            Reader = mutation == Mutation.NoVisibilityCheck ? new HastyReader(ports.Reader) : ports.Reader,
        };
    }

    /// <inheritdoc/>
    public TargetPorts Target(StreamDefinition stream) => inner.Target(stream);

    /// <inheritdoc/>
    public IFence Fence(string name) => inner.Fence(name);
}
