namespace Strangler.Cli;

/// <summary>Exit codes of the command. They are public: scripts decide by them.</summary>
internal enum ExitCode
{
    /// <summary>Done, or nothing was to be done.</summary>
    Ok = 0,

    /// <summary>Failed for a reason that has no code of its own, or was declined.</summary>
    Failed = 1,

    /// <summary>The command line itself is wrong.</summary>
    Usage = 2,

    /// <summary>The rules have errors.</summary>
    RulesInvalid = 3,

    /// <summary>A dry run found that something would change.</summary>
    PreviewHasChanges = 4,

    /// <summary>The edge refused: a gate or a precondition of the stage is not met.</summary>
    GateRefused = 5,

    /// <summary>Somebody else changed the plan in between.</summary>
    StaleRevision = 6,

    /// <summary>The edge cannot be reached, or did not answer in time.</summary>
    Unreachable = 7,
}
