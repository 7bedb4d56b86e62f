using System.Collections.Frozen;
using Strangler.Core.Model;

namespace Strangler.Core.Compare;

/// <summary>The kebab-case names of <see cref="DifferenceKind"/> as they stand in rules, records and metrics.</summary>
public static class DifferenceKinds
{
    private static readonly FrozenDictionary<string, DifferenceKind> KindByName = Enum.GetValues<DifferenceKind>()
        .ToFrozenDictionary(KebabNames<DifferenceKind>.Of, StringComparer.Ordinal);

    /// <summary>All legal names, sorted: what an error message lists.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. KindByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The name of a kind, for example <c>null-vs-missing</c>.</summary>
    public static string Name(this DifferenceKind kind) => KebabNames<DifferenceKind>.Of(kind);

    /// <summary>Finds the kind of a name. Names are case-sensitive; false for any other text.</summary>
    public static bool TryParse(string? name, out DifferenceKind kind)
    {
        if (name is not null) return KindByName.TryGetValue(name, out kind);
        kind = default;
        return false;
    }
}
