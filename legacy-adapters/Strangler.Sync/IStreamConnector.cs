using Strangler.Sync.Applying;

namespace Strangler.Sync;

/// <summary>Makes the ports of a stream.</summary>
internal interface IStreamConnector
{
    /// <summary>The ports; they connect when they are used.</summary>
    StreamPorts Connect(StreamDefinition definition);
}
