using Strangler.Sync.Fencing;

namespace Strangler.Sync.Streams;

/// <summary>Makes the ports to the stores; they connect when they are used.</summary>
internal interface IStoreConnector
{
    /// <summary>The ports to a source.</summary>
    /// <param name="name">The name of its connection string.</param>
    /// <param name="streams">The streams that it feeds.</param>
    SourcePorts Source(string name, IReadOnlyList<StreamDefinition> streams);

    /// <summary>The ports to a stream's target.</summary>
    TargetPorts Target(StreamDefinition stream);

    /// <summary>The fences of a store, whichever side it is.</summary>
    /// <param name="name">The name of its connection string.</param>
    IFence Fence(string name);
}
