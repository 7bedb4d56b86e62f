using Strangler.Core.Model;

namespace Strangler.Proxy.Telemetry;

/// <summary>The requests of one capability since the edge started.</summary>
public sealed class CapabilityCounters
{
    private long _fallbacks;
    private long _ownWriteReads;

    internal CapabilityCounters(TimeProvider time)
    {
        Legacy = new SideCounters(time);
        New = new SideCounters(time);
    }

    /// <summary>What legacy has answered, fallbacks included.</summary>
    public SideCounters Legacy { get; }

    /// <summary>What the new side has answered.</summary>
    public SideCounters New { get; }

    /// <summary>Requests that the new side could not answer and legacy was asked for.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Reads that the plan would have sent to the new side and that legacy answered, because the client had just written.</summary>
    public long OwnWriteReads => Interlocked.Read(ref _ownWriteReads);

    internal SideCounters On(Side side) => side == Side.New ? New : Legacy;

    internal void CountFallback() => Interlocked.Increment(ref _fallbacks);

    internal void CountOwnWriteRead() => Interlocked.Increment(ref _ownWriteReads);
}
