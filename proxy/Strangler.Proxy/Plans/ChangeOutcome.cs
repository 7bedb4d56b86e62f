namespace Strangler.Proxy.Plans;

/// <summary>How a wish to change the plan ended.</summary>
public enum ChangeOutcome
{
    /// <summary>Done, or for a dry run: it would be done.</summary>
    Done,

    /// <summary>There is no such capability.</summary>
    UnknownCapability,

    /// <summary>Somebody else has changed the plan since the caller looked.</summary>
    Stale,

    /// <summary>Not legal from where the capability stands.</summary>
    Refused,

    /// <summary>The rules have errors.</summary>
    RulesInvalid,

    /// <summary>The control store could not keep it, so it was not done.</summary>
    NotSaved,
}
