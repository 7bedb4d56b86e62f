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

    /// <summary>
    /// True for what a reader of JSON cannot see or what only explains the rest: it is noted and does not make answers different.
    /// </summary>
    public static bool IsNote(this DifferenceKind kind) => kind is DifferenceKind.NumberFormat
        or DifferenceKind.DuplicateItemKey or DifferenceKind.Coerced or DifferenceKind.CookieOnOneSide;

    /// <summary>
    /// The coarser kind that a kind belongs to; itself for most. A rule that ignores <c>string</c> ignores <c>string-case</c> as well.
    /// </summary>
    public static DifferenceKind Coarser(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.StringCase or DifferenceKind.Whitespace or DifferenceKind.UnicodeForm => DifferenceKind.String,
        DifferenceKind.NumberFormat => DifferenceKind.Number,
        _ => kind,
    };

    /// <summary>How bad a difference of this kind is, as long as nothing more is known.</summary>
    public static Severity Severity(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.Status or DifferenceKind.NoAnswer or DifferenceKind.ParseFailure or DifferenceKind.BodyPresence
            or DifferenceKind.Missing or DifferenceKind.ItemMissing or DifferenceKind.Type or DifferenceKind.Number => Compare.Severity.High,
        DifferenceKind.Order or DifferenceKind.Location or DifferenceKind.ContentType or DifferenceKind.Charset or DifferenceKind.DateFormat
            or DifferenceKind.NumberFormat or DifferenceKind.StringCase or DifferenceKind.Whitespace or DifferenceKind.UnicodeForm
            or DifferenceKind.DuplicateItemKey or DifferenceKind.Coerced or DifferenceKind.HeaderMissing or DifferenceKind.HeaderExtra
            or DifferenceKind.HeaderValue or DifferenceKind.CookieOnOneSide => Compare.Severity.Low,
        _ => Compare.Severity.Medium,
    };
}
