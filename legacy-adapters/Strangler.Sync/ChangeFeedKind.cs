namespace Strangler.Sync;

/// <summary>How a source tells what changes in it.</summary>
public enum ChangeFeedKind
{
    /// <summary>Logical replication: the source's log, read through a slot.</summary>
    Logical,

    /// <summary>Statement-level triggers on the mapped tables.</summary>
    Triggers,
}
