namespace Strangler.Core.Model;

/// <summary>Units and groups that an operator named: they go to one side whatever the share is.</summary>
/// <param name="Units">Units as the edge reads them, in the order in which they were named.</param>
/// <param name="Groups">Groups as the edge reads them, in the order in which they were named.</param>
public sealed record UnitSet(IReadOnlyList<string> Units, IReadOnlyList<string> Groups)
{
    /// <summary>Most units, and most groups, of one set.</summary>
    public const int MaxEntries = 1000;

    /// <summary>Nobody.</summary>
    public static readonly UnitSet Empty = new([], []);

    /// <summary>True when nobody is named.</summary>
    public bool IsEmpty => Units.Count == 0 && Groups.Count == 0;

    /// <summary>Both sets together, each entry once.</summary>
    public UnitSet With(UnitSet more) => new([.. Units.Union(more.Units, StringComparer.Ordinal)], [.. Groups.Union(more.Groups, StringComparer.Ordinal)]);

    /// <summary>This set without the entries of the other.</summary>
    public UnitSet Without(UnitSet less) => new([.. Units.Except(less.Units, StringComparer.Ordinal)], [.. Groups.Except(less.Groups, StringComparer.Ordinal)]);

    /// <summary>Equal when the same entries stand in the same order.</summary>
    public bool Equals(UnitSet? other) =>
        other is not null && Units.SequenceEqual(other.Units, StringComparer.Ordinal) && Groups.SequenceEqual(other.Groups, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Units.Count, Groups.Count);
}
