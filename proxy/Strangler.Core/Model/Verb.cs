namespace Strangler.Core.Model;

/// <summary>What an operator can do to a capability.</summary>
public enum Verb
{
    /// <summary>One stage up, or a larger share.</summary>
    Promote,

    /// <summary>Down to a lower stage.</summary>
    Rollback,

    /// <summary>A smaller share of the same stage: the last admitted leave first.</summary>
    Shrink,

    /// <summary>Admit nobody more.</summary>
    Hold,

    /// <summary>End a hold.</summary>
    Release,

    /// <summary>Everything to legacy at once.</summary>
    Kill,

    /// <summary>Named units and groups to the new side, or no longer.</summary>
    Include,

    /// <summary>Named units and groups to legacy, or no longer.</summary>
    Exclude,

    /// <summary>Hold the breaker of a side open.</summary>
    Isolate,

    /// <summary>End that, and close the breaker of the side on every edge.</summary>
    Reset,
}
