using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary>One group for people: facts, then the samples with both sides side by side.</summary>
internal static class GroupPicture
{
    private const int ValueLength = 26;
    private const int WhereLength = 20;

    /// <summary>The picture.</summary>
    /// <param name="answer">What the edge said.</param>
    /// <param name="now">The present time.</param>
    public static IRenderable Of(DifferenceAnswer answer, DateTimeOffset now)
    {
        var group = answer.Group;
        return new Rows(
            new Text(GroupWords.Title(group)),
            Tables.Facts(Facts(answer, now)),
            Text.Empty,
            SamplesOf(group, now));
    }

    private static IEnumerable<(string Name, string? Value)> Facts(DifferenceAnswer answer, DateTimeOffset now)
    {
        var group = answer.Group;
        yield return ("operation", $"{group.Operation}, capability {group.Capability}");
        yield return ("state", $"{group.State}, severity {group.Severity}");
        yield return ("judged", group.Judgement is { } judgement ? Judged(judgement, now) : null);
        yield return ("cause", group.Cause ?? "the values have nothing in common that was found");
        yield return ("evidence", group.Evidence is null ? null : $"{group.Standing}: {group.Evidence}");
        yield return ("exchanges", $"{Words.Count(group.Count)} {(group.Severity is "note" ? "have it; a note makes no answer different" : "shown to be different")}");
        yield return ("not counted", group.Stale + group.Undetermined == 0 ? null
            : $"{Words.Count(group.Stale)} stale (the new side lagged), {Words.Count(group.Undetermined)} undetermined");
        yield return ("requests", $"about {GroupWords.Many(group.Requests, "different one")}{(group.Principals > 0 ? $", of about {GroupWords.Many(group.Principals, "sender")}" : "")}");
        yield return ("first seen", $"{Words.Ago(group.FirstSeen, now)}, {group.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z{InBuild(group.FirstBuild)}");
        yield return ("last seen", $"{Words.Ago(group.LastSeen, now)}, {group.LastSeen.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z{InBuild(group.LastBuild)}");
        yield return ("fingerprint", group.Fingerprint);
        yield return ("store", answer.Store);
    }

    private static string Judged(JudgementInfo judgement, DateTimeOffset now) =>
        $"{judgement.As} by {judgement.Actor} {Words.Ago(judgement.At, now)}: {judgement.Reason}"
        + (judgement.Assignee is null ? "" : $"; assignee {judgement.Assignee}")
        + (judgement.Expires is { } expires ? $"; until {expires:yyyy-MM-dd}" : "");

    private static string InBuild(string build) => build.Length == 0 ? "" : $", build {build}";

    private static Table SamplesOf(DifferenceGroup group, DateTimeOffset now)
    {
        var table = Tables.WithColumns("WHEN", "WHERE", "LEGACY", "NEW");
        foreach (var sample in group.Samples ?? [group.Sample])
        {
            table.AddRow(
                new Text(Words.Ago(sample.At, now).Replace(" ago", "", StringComparison.Ordinal), Tables.Quiet),
                new Text(Words.Cut(sample.Where.Length == 0 ? group.Path : sample.Where, WhereLength), Tables.Quiet),
                new Text(Words.Cut(sample.Legacy, ValueLength)),
                new Text(Words.Cut(sample.New, ValueLength), Color.Yellow));
            if (sample.LegacyStatus != sample.NewStatus)
            {
                table.AddRow(Text.Empty, new Text("status", Tables.Quiet), new Text(Status(sample.LegacyStatus)), new Text(Status(sample.NewStatus), Color.Yellow));
            }
        }

        return table;
    }

    private static string Status(int status) => status == 0 ? "(no answer)" : $"{status}";
}
