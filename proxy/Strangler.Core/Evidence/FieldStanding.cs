namespace Strangler.Core.Evidence;

/// <summary>What paired evidence makes of a field's differences. Only <see cref="Noise"/> demotes, and it folds: nothing is ever hidden.</summary>
internal enum FieldStanding
{
    /// <summary>Not decided yet: differences are shown.</summary>
    Undetermined,

    /// <summary>Legacy never contradicted itself: every difference is shown at once, without waiting for a test.</summary>
    Deterministic,

    /// <summary>Legacy contradicts itself, and the new side differs more often than that explains.</summary>
    Regression,

    /// <summary>The new side differs as often as legacy from itself, within the margin: folded, and counted.</summary>
    Noise,
}
