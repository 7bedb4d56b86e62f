namespace Strangler.Sync.Reconciling;

/// <summary>What can be found of an aggregate that is not known to be equal in both stores.</summary>
internal static class FindingKinds
{
    /// <summary>The target does not have it.</summary>
    public const string Missing = "missing";

    /// <summary>The target has it otherwise.</summary>
    public const string Changed = "changed";

    /// <summary>The target has it, the source has it no more.</summary>
    public const string Extra = "extra";

    /// <summary>The target has it, and no key of the source ever led there.</summary>
    public const string Stray = "stray";

    /// <summary>It waits to be brought over.</summary>
    public const string Waiting = "waiting";

    /// <summary>It cannot be brought over.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>The mapping refuses it, and it has not been noted as a dead letter.</summary>
    public const string Unmappable = "unmappable";

    /// <summary>It changes all the time.</summary>
    public const string Changing = "changing";

    /// <summary>The stream did not pass what was read, so that nothing can be said.</summary>
    public const string Unsettled = "unsettled";
}
