using Microsoft.Extensions.Logging;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>What all parts of the engine use.</summary>
/// <param name="Options">The limits.</param>
/// <param name="Meter">The measurements.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Log">The log.</param>
internal sealed record SyncRuntime(SyncOptions Options, SyncMeter Meter, TimeProvider Clock, ILogger Log);
