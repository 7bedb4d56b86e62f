namespace Strangler.Sync.Reading.Triggers;

/// <summary>What a session found when it began.</summary>
/// <param name="Identity">Which source it is: cluster, database and installation.</param>
/// <param name="Number">The session's number, the high half of its positions.</param>
/// <param name="Confirmed">Notes of polls up to this one may be gone.</param>
/// <param name="Missed">What the sequence said when the table was last emptied; -1 when that has never been.</param>
/// <param name="MissedNow">What it says now.</param>
internal sealed record TriggerSession(SourceIdentity Identity, long Number, Lsn Confirmed, long Missed, long MissedNow)
{
    /// <summary>The position before the session's first poll.</summary>
    public Lsn Start => new((ulong)Number << 32);
}
