namespace Strangler.Core.Model;

/// <summary>What an operator wants of one capability.</summary>
/// <param name="Verb">What to do.</param>
public sealed record Move(Verb Verb)
{
    /// <summary>The wanted stage, for promote and rollback; null for the next one up or down, or for the present one when only the share grows.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The wanted share in percent, for promote (above 0, at most 100) and shrink (0 or more, below the present one).</summary>
    public double? Share { get; init; }

    /// <summary>For promote: admit clients without any identity too, the last step of a share of 100 %.</summary>
    public bool Everyone { get; init; }

    /// <summary>For promote: although its breaker has lowered it a short time ago.</summary>
    public bool DespiteCoolDown { get; init; }

    /// <summary>Whose breaker is meant, for isolate and reset.</summary>
    public Side Side { get; init; } = Side.New;

    /// <summary>Who is meant, for include and exclude.</summary>
    public UnitSet Units { get; init; } = UnitSet.Empty;

    /// <summary>For include and exclude: take them off the list again.</summary>
    public bool Remove { get; init; }
}
