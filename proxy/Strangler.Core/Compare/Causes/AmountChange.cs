namespace Strangler.Core.Compare.Causes;

/// <summary>How two numbers relate exactly. Never stored: together these tell both values.</summary>
internal sealed record AmountChange
{
    /// <summary>The exact factor, when it is a decimal of few digits; else null.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>The factors that give the new number after rounding to its own decimals lie between this and <see cref="High"/>; null for none.</summary>
    public decimal? Low { get; init; }

    /// <summary>The largest such factor.</summary>
    public decimal? High { get; init; }

    /// <summary>New minus legacy; null when it would tell a value, because the other is zero.</summary>
    public decimal? Delta { get; init; }

    /// <summary>A keyed token of the delta: equal deltas have equal tokens.</summary>
    public string? DeltaToken { get; init; }

    /// <summary>Bit d is set if legacy rounded to d decimals is the new number.</summary>
    public int Rounded { get; init; }

    /// <summary>Bit d is set if legacy cut off after d decimals is the new number.</summary>
    public int CutOff { get; init; }

    /// <summary>Bit d is set if the new number rounded to d decimals is legacy's.</summary>
    public int Finer { get; init; }
}
