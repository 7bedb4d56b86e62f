using Strangler.Core.Admin;

namespace Strangler.Cli.Output;

/// <summary>Lists of units and groups in words.</summary>
internal static class Lists
{
    /// <summary>Who is on a list: <c>included: 3 units, group staff</c>; null for nobody.</summary>
    /// <param name="word">What the list does.</param>
    /// <param name="list">The list; null for nobody.</param>
    public static string? Words(string word, ListStatus? list)
    {
        if (list is null || list.Units == 0 && list.Groups.Count == 0)
        {
            return null;
        }

        string[] parts =
        [
            .. list.Units == 0 ? (string[])[] : [$"{Output.Words.Count(list.Units)} unit{(list.Units == 1 ? "" : "s")}"],
            .. list.Groups.Select(group => $"group {group}"),
        ];
        return $"{word}: {string.Join(", ", parts)}";
    }
}
