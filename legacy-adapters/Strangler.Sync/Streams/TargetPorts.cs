using Strangler.Sync.Applying;

namespace Strangler.Sync.Streams;

/// <summary>How a stream reaches its target.</summary>
/// <param name="Writer">Writes states.</param>
/// <param name="Ledger">Keeps the books.</param>
internal sealed record TargetPorts(ITargetWriter Writer, ITargetLedger Ledger);
