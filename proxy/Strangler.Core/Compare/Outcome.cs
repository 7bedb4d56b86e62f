namespace Strangler.Core.Compare;

/// <summary>What came of an exchange that was compared.</summary>
public enum Outcome
{
    /// <summary>Both sides gave the same answer under the rules.</summary>
    Equal,

    /// <summary>The new side's answer is wrong, and this was shown.</summary>
    Different,

    /// <summary>The new side only lagged behind, and this was shown.</summary>
    Stale,

    /// <summary>The answers differed and neither could be shown.</summary>
    Undetermined,
}
