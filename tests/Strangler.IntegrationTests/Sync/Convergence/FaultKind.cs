namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>What is done to the adapters, the stores and the wires between them.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of the adapters.</summary>
    KillAdapters,

    /// <summary>kill -9 of the adapters while a second process waits, which takes over.</summary>
    TakeOver,

    /// <summary>The leader is frozen, its sessions are ended, a second process takes over, the first thaws.</summary>
    FrozenLeader,

    /// <summary>SIGSTOP of the adapters for a while.</summary>
    FreezeAdapters,

    /// <summary>SIGSTOP of one of our sessions' backends in any store for a while.</summary>
    FreezeBackend,

    /// <summary>Immediate stop of the source.</summary>
    StopSource,

    /// <summary>Immediate stop of the catalog.</summary>
    StopCatalog,

    /// <summary>Immediate stop of inventory and events.</summary>
    StopLedger,

    /// <summary>Immediate stop of all stores.</summary>
    StopAll,

    /// <summary>A target is away for longer than memory is used.</summary>
    LongAway,

    /// <summary>The same, and the adapters are killed meanwhile.</summary>
    LongAwayAndKill,

    /// <summary>All connections to the source are reset.</summary>
    CutSource,

    /// <summary>All connections to the targets are reset.</summary>
    CutTargets,

    /// <summary>Everything to and from a store is late.</summary>
    Delay,

    /// <summary>Nothing arrives at a store or comes from it, and nobody is told.</summary>
    Block,

    /// <summary>Somebody drops the slot.</summary>
    DropSlot,

    /// <summary>The source throws away log that the slot needs.</summary>
    LoseSlot,

    /// <summary>A column that nobody maps.</summary>
    AddColumn,

    /// <summary>A mapped column gets another type, and its own back.</summary>
    ChangeType,

    /// <summary>A mapped column gets another name, and its own back.</summary>
    RenameColumn,

    /// <summary>Rows that the mappings refuse; corrected at the end.</summary>
    PoisonMapping,

    /// <summary>Rows that the targets refuse; corrected at the end.</summary>
    PoisonConstraint,

    /// <summary>A table of the source is locked.</summary>
    LockSource,

    /// <summary>A table of a target is locked.</summary>
    LockTarget,
}
