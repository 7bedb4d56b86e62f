using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary>Groups of differences in words; colour never says anything that a word does not say too.</summary>
internal static class GroupWords
{
    private const int ShortLength = 8;

    /// <summary>Whether it waits for a decision.</summary>
    /// <param name="group">The group.</param>
    public static bool IsOpen(DifferenceGroup group) => group.State is "new" or "regressed";

    /// <summary>The beginning of the fingerprint: enough to name it.</summary>
    /// <param name="group">The group.</param>
    public static string Short(DifferenceGroup group) => group.Fingerprint[..Math.Min(ShortLength, group.Fingerprint.Length)];

    /// <summary>What differs and where: <c>number at $.items[*].price</c>.</summary>
    /// <param name="group">The group.</param>
    public static string Title(DifferenceGroup group) => group.Kind == group.Path ? Words.Safe(group.Kind) : $"{Words.Safe(group.Kind)} at {Words.Safe(group.Path)}";

    /// <summary>How often: <c>1,234 exchanges, 41 requests, 12 senders</c>.</summary>
    /// <param name="group">The group.</param>
    public static string Extent(DifferenceGroup group) => string.Join(
        ", ",
        new[] { Many(group.Count, "exchange"), group.Requests > 0 ? Many(group.Requests, "request") : null, group.Principals > 0 ? Many(group.Principals, "sender") : null }.OfType<string>());

    /// <summary>What both sides had the last time: <c>23.78 -> 23.79</c>; null when no rule shows it, as a token tells nobody anything here.</summary>
    /// <param name="group">The group.</param>
    public static string? LastValues(DifferenceGroup group)
    {
        var (legacy, @new) = group.Kind is "status" ? ($"{group.Sample.LegacyStatus}", $"{group.Sample.NewStatus}") : (group.Sample.Legacy, group.Sample.New);
        return IsToken(legacy) || IsToken(@new) || (legacy is null && @new is null) ? null : $"{legacy ?? "(absent)"} -> {@new ?? "(absent)"}";
    }

    /// <summary>The state in its colour.</summary>
    /// <param name="group">The group.</param>
    public static Text State(DifferenceGroup group) => new(Words.Safe(group.State), group.State switch
    {
        "regressed" => Color.Red,
        "new" => Color.Yellow,
        _ => Color.Green,
    });

    /// <summary>The severity in its colour.</summary>
    /// <param name="group">The group.</param>
    public static Text Severity(DifferenceGroup group) => new(Words.Safe(group.Severity), group.Severity is "high" ? Color.Red : Tables.Quiet);

    /// <summary>A count with its noun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">Of what, in the singular.</param>
    public static string Many(long count, string noun) => $"{Words.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static bool IsToken(string? text) => text?.Contains(" #", StringComparison.Ordinal) == true;
}
