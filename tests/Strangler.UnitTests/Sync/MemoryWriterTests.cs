using Strangler.IntegrationTests.Sync.Contracts;
using Strangler.Sync.Streams;

namespace Strangler.UnitTests.Sync;

/// <summary>The writer in memory, so that what <see cref="LaneTests"/> shows is true of a real one.</summary>
public sealed class MemoryWriterTests : TargetWriterContract
{
    private readonly MemoryTarget _target = new(_ => { });

    private protected override TargetPorts Open() => new(_target, _target);
}
