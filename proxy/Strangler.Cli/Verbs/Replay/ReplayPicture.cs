using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>What a replay has found, for people and for programs.</summary>
internal static class ReplayPicture
{
    private const int SampleLength = 60;

    /// <summary>For people: what came of the requests, then the groups, the most frequent first.</summary>
    public static IRenderable Of(ReplayState state, Recording recording)
    {
        var facts = Tables.Facts(
        [
            ("requests", $"{Words.Count(state.Done)} of {Words.Count(recording.Requests.Count)}"),
            ("equal", Words.Count(state.Equal)),
            ("different", Words.Count(state.Different)),
            ("undetermined", state.Undetermined == 0 ? null : $"{Words.Count(state.Undetermined)} where legacy contradicts itself"),
            .. state.Skipped.Select(skip => ("skipped", (string?)$"{Words.Count(skip.Value)} {skip.Key}")),
            ("unreadable", recording.Unreadable == 0 ? null : $"{Words.Count(recording.Unreadable)} entries, the first is number {Words.Count(recording.FirstUnreadable)}"),
        ]);
        return state.Groups.Count == 0 ? facts : new Rows(facts, Text.Empty, Groups(state));
    }

    /// <summary>For programs.</summary>
    public static JsonObject Document(ReplayState state, Recording recording) => new()
    {
        ["requests"] = recording.Requests.Count,
        ["done"] = state.Done,
        ["equal"] = state.Equal,
        ["different"] = state.Different,
        ["undetermined"] = state.Undetermined,
        ["unreadable"] = recording.Unreadable,
        ["skipped"] = new JsonObject(state.Skipped.Select(skip => KeyValuePair.Create(skip.Key, (JsonNode?)skip.Value))),
        ["groups"] = new JsonArray([.. Sorted(state).Select(group => (JsonNode)new JsonObject
        {
            ["fingerprint"] = group.Fingerprint,
            ["operation"] = group.Operation,
            ["kind"] = group.Kind,
            ["path"] = group.Path,
            ["severity"] = group.Severity.ToString().ToLowerInvariant(),
            ["count"] = group.Count,
            ["legacy"] = group.Legacy,
            ["new"] = group.New,
            ["cause"] = group.Cause(),
        })]),
    };

    private static Table Groups(ReplayState state)
    {
        var table = Tables.WithColumns(">COUNT", "KIND", "FIELD");
        foreach (var group in Sorted(state))
        {
            table.AddRow(new Text(Words.Count(group.Count)), new Text(Words.Safe(group.Kind), Color.Yellow), new Text(Words.Safe(group.Path)));
            Detail(table, group.Operation);
            Detail(table, $"legacy {group.Legacy}");
            Detail(table, $"new    {group.New}");
            if (group.Cause() is { } cause) Detail(table, cause);
        }

        return table;
    }

    private static IEnumerable<ReplayGroup> Sorted(ReplayState state) => state.Groups
        .OrderByDescending(group => group.Severity)
        .ThenByDescending(group => group.Count)
        .ThenBy(group => group.Fingerprint, StringComparer.Ordinal);

    private static void Detail(Table table, string text) => table.AddRow(Text.Empty, Text.Empty, new Text(Words.Cut(text, SampleLength), Tables.Quiet));
}
