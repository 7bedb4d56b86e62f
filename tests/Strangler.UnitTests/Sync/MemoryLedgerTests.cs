using Strangler.IntegrationTests.Sync.Contracts;
using Strangler.Sync.Streams;

namespace Strangler.UnitTests.Sync;

/// <summary>The ledger in memory, so that what <see cref="LaneTests"/> shows is true of a real one.</summary>
public sealed class MemoryLedgerTests : TargetLedgerContract
{
    private readonly TargetPorts _ports = MemoryTarget.Ports();

    private protected override TargetPorts Open() => _ports;
}
