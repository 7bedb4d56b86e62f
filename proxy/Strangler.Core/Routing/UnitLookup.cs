using System.Collections.Frozen;
using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>A <see cref="UnitSet"/> as the request path asks it: by span, without an allocation.</summary>
internal sealed class UnitLookup
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _units;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _groups;

    private UnitLookup(UnitSet set)
    {
        _units = set.Units.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _groups = set.Groups.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The lookup of a set; null for an empty one.</summary>
    public static UnitLookup? Of(UnitSet set) => set.IsEmpty ? null : new UnitLookup(set);

    public bool HasUnit(ReadOnlySpan<char> unit) => _units.Contains(unit);

    public bool HasGroup(ReadOnlySpan<char> groups)
    {
        foreach (var range in groups.Split(','))
        {
            if (_groups.Contains(groups[range].Trim())) return true;
        }

        return false;
    }
}
