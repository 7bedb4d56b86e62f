using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>A source and the streams that it feeds.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Ports">How it is reached.</param>
/// <param name="Streams">The streams.</param>
/// <param name="Status">What is known of it.</param>
/// <param name="Runtime">Options, measurements, clock and log.</param>
internal sealed record SourceContext(
    string Name, string Slot, SourcePorts Ports, IReadOnlyList<StreamContext> Streams, SourceStatus Status, SyncRuntime Runtime);
