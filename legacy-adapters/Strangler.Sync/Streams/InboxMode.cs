namespace Strangler.Sync.Streams;

/// <summary>What happens to transactions that come in for a stream.</summary>
internal enum InboxMode
{
    /// <summary>They are kept in memory: the target is not there, perhaps not for long.</summary>
    Holding,

    /// <summary>Lanes apply them.</summary>
    Live,

    /// <summary>Their keys go to the journal, so that the source can forget its log.</summary>
    Journaling,
}
