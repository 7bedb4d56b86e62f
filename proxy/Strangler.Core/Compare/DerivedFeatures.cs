using Strangler.Core.Compare.Causes;

namespace Strangler.Core.Compare;

/// <summary>
/// What is known of the way in which a value changed, taken from the raw values while they were at hand. What is public may be stored:
/// neither value can be computed from it. Exact ratio and delta together would tell both values, so that they stay inside this process
/// and reach a store only through a <see cref="CauseTally"/>, which keeps a delta only once several differences share it.
/// </summary>
public sealed record DerivedFeatures
{
    /// <summary>In which recognisable ways the value changed.</summary>
    public ChangeClass Change { get; init; }

    /// <summary>By how much an instant is later on the new side; null when the values are no instants.</summary>
    public TimeSpan? TimeShift { get; init; }

    /// <summary>True if the new number is greater; null when the values are no numbers.</summary>
    public bool? Higher { get; init; }

    /// <summary>Numbers are at most this far apart: the distance rounded up to 1, 2 or 5 times a power of ten. Null when unknown.</summary>
    public decimal? DistanceAtMost { get; init; }

    /// <summary>The distance relative to legacy's value, in parts per million, rounded up in the same way. Null when unknown.</summary>
    public decimal? RelativeAtMost { get; init; }

    /// <summary>Fields by which a reordered array is sorted on the new side and not in legacy; descending ones start with a minus.</summary>
    public IReadOnlyList<string> SortedBy { get; init; } = [];

    /// <summary>Fields by which a reordered array is sorted in legacy and not on the new side.</summary>
    public IReadOnlyList<string> WasSortedBy { get; init; } = [];

    /// <summary>How two numbers relate exactly; null when they are none, or too long to be amounts.</summary>
    internal AmountChange? Amount { get; init; }
}
