using Strangler.Core.Adapters;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Status;

/// <summary>What is known of a source, for those who ask from other threads.</summary>
internal sealed class SourceStatus(string name)
{
    private ulong _position;

    /// <summary>Whether this process follows it.</summary>
    public bool IsLeader { get; set; }

    /// <summary>How far its log has been read.</summary>
    public Lsn Position
    {
        get => new(Volatile.Read(ref _position));
        set => Volatile.Write(ref _position, value.Value);
    }

    /// <summary>What it keeps for us.</summary>
    public Retention? Retention { get; set; }

    /// <summary>Why it is not followed.</summary>
    public string? Error { get; set; } = "not started yet";

    /// <summary>Who has paused it; null when nobody has.</summary>
    public PausedSource? Paused { get; set; }

    /// <summary>The status as it is told to others.</summary>
    public SourceReport Report() => new(
        name, IsLeader, Position == default ? null : Position.ToString(), Retention?.Kept, Retention?.Safe, Error, Paused);
}
