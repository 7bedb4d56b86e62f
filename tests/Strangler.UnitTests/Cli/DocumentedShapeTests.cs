using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;
using Strangler.UnitTests.Architecture;
using Xunit;

namespace Strangler.UnitTests.Cli;

/// <summary>What docs/command-line.md says of the JSON of each verb must be what the verb writes.</summary>
public sealed partial class DocumentedShapeTests
{
    // They read or write files and ask others than the edge, and so have tests of their own.
    private static readonly string[] Apart = ["init", "replay"];

    private static readonly string[] Change = ["--dry-run", "--reason", "x"];
    private static readonly DifferenceGroup Group = Samples.Group("$.a", "number", "1", "2");

    private static readonly Dictionary<string, (string[] Args, Action<ScriptedEdge> Answer)> Lines = new(StringComparer.Ordinal)
    {
        ["status"] = ([], Looked),
        ["preview"] = (["promote", "catalog"], edge => edge.Answers(new PreviewAnswer(12, true, []), AdminJson.Default.PreviewAnswer)),
        ["promote"] = (["catalog", .. Change], Changed),
        ["hold"] = (["catalog", .. Change], Changed),
        ["shrink"] = (["catalog", "--share", "1", .. Change], Changed),
        ["rollback"] = (["catalog", .. Change], Changed),
        ["kill"] = (["catalog", .. Change], edge => edge.Answers(Samples.Change(12, "x"), AdminJson.Default.ChangeAnswer)),
        ["include"] = (["catalog", "--group", "a", .. Change], Changed),
        ["exclude"] = (["catalog", "--group", "a", .. Change], Changed),
        ["diffs"] = ([], edge => edge.Answers(new DifferencesAnswer([]), AdminJson.Default.DifferencesAnswer)),
        ["gate"] = (["catalog"], edge => edge.Answers(
            new GateAnswer(12, "catalog", "shadow", "pass", [], [], new GateDemands(0.001, 0.95, 0, 0.05, NoNewGroups: false, null), 1, 0), AdminJson.Default.GateAnswer)),
        ["diffs show"] = (["a1b2"], edge => edge.Answers(new DifferenceAnswer("memory", Group), AdminJson.Default.DifferenceAnswer)),
        ["diffs ack"] = (["a1b2", .. Change], Judged),
        ["diffs ignore"] = (["a1b2", "--assignee", "qa", "--expires", "2027-03-31", .. Change], Judged),
        ["diffs fix"] = (["a1b2", .. Change], Judged),
        ["diffs reopen"] = (["a1b2", .. Change], Judged),
        ["diffs rerun"] = (["a1b2"], edge => edge.Answers(new RerunAnswer("a1b2c3d4", "GET /", "equal", "x", 200, 200, []), AdminJson.Default.RerunAnswer)),
        ["diffs preview"] = (
            ["catalog", "--rules", Path.Combine(AppContext.BaseDirectory, "Rules", "strangler.yaml")],
            edge => edge.Answers(new RulesPreviewAnswer("catalog", "memory", []), AdminJson.Default.RulesPreviewAnswer)),
        ["diffs export"] = (["--as", "json"], edge => edge.Answers(new DifferencesAnswer([]), AdminJson.Default.DifferencesAnswer)),
        ["explain"] = (["GET", "/"], edge => edge.Answers(new ExplainAnswer("legacy", "x", "y", 12), AdminJson.Default.ExplainAnswer)),
        ["validate"] = ([Path.Combine(AppContext.BaseDirectory, "Rules", "strangler.yaml")], _ => { }),
        ["apply"] = (Change, edge => Then(edge).Answers(new ApplyAnswer(12, []), AdminJson.Default.ApplyAnswer)),
        ["plans"] = ([], edge => edge.Answers(new PlansAnswer(12, []), AdminJson.Default.PlansAnswer)),
        ["audit"] = ([], edge => edge.Answers(new AuditAnswer([], 0), AdminJson.Default.AuditAnswer)),
        ["audit verify"] = ([], edge => edge.Answers(HttpStatusCode.OK, "")),
        ["token create"] = (["ci", "--role", "viewer", .. Change], Token),
        ["token list"] = ([], edge => edge.Answers(new TokensAnswer(12, []), AdminJson.Default.TokensAnswer)),
        ["token revoke"] = (["ci", .. Change], Token),
        ["sync status"] = ([], edge => edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport)),
        ["sync preview"] = ([], edge => edge.Answers(SyncSamples.Preview(), AdaptersJson.Default.InstallPreview)),
        ["sync backfill"] = (["catalog", .. Change], edge => edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport)),
        ["sync pause"] = (Change, edge => edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport)),
        ["sync resume"] = (Change, edge => edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport)),
        ["sync compare"] = (["catalog"], edge => edge.Answers(SyncSamples.Compare(), AdaptersJson.Default.CompareRun)),
        ["breaker isolate"] = (["catalog", .. Change], Changed),
        ["breaker reset"] = (["catalog", .. Change], Changed),
        ["sync repair"] = (["catalog", "--last", .. Change], edge => edge.Answers(SyncSamples.Repair(), AdaptersJson.Default.RepairRun)),
        ["sync deadletters list"] = (["catalog"], edge => edge.Answers(SyncSamples.DeadLetters(), AdaptersJson.Default.DeadLettersAnswer)),
        ["sync deadletters retry"] = (["catalog", .. Change], edge => edge.Answers(SyncSamples.DeadLetters(), AdaptersJson.Default.DeadLettersAnswer)),
        ["sync deadletters drop"] = (["catalog", .. Change], edge => edge.Answers(SyncSamples.DeadLetters(), AdaptersJson.Default.DeadLettersAnswer)),
        ["completion"] = (["bash"], _ => { }),
    };

    public static TheoryData<string, string> Documented { get; } = [.. Sections().Where(row => !Apart.Contains(row.Data.Item1))];

    [Fact]
    public void Document_Sections_AreTheVerbs() => Sections().Select(row => row.Data.Item1).ShouldBe([.. Lines.Keys, .. Apart], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task Json_OfTheVerb_HasTheMembersThatAreDocumented(string verb, string members)
    {
        var run = new CliRun();
        var (args, answer) = Lines[verb];
        answer(run.Edge);

        await run.RunAsync([.. verb.Split(' '), .. args, "-o", "json"]);

        run.Error.ShouldBeEmpty();
        JsonNode.Parse(run.Out)!.AsObject().Select(member => member.Value is JsonArray ? member.Key + "[]" : member.Key).ShouldBe(members.Split(' '));
    }

    private static IEnumerable<TheoryDataRow<string, string>> Sections()
    {
        var text = SourceTree.OfThisRepository().Read("docs/command-line.md");
        foreach (Match section in Section().Matches(text))
        {
            var names = Member().Matches(Parentheses().Replace(section.Groups["members"].Value, "")).Select(match => match.Groups["name"].Value);
            yield return new(section.Groups["verb"].Value, string.Join(' ', names));
        }
    }

    private static void Looked(ScriptedEdge edge) => Then(edge);

    private static ScriptedEdge Then(ScriptedEdge edge) => edge.Answers(Samples.State(Samples.Catalog), AdminJson.Default.CapabilitiesAnswer);

    private static void Changed(ScriptedEdge edge) => Then(edge).Answers(Samples.Change(12, "x"), AdminJson.Default.ChangeAnswer);

    private static void Judged(ScriptedEdge edge) => Then(edge).Answers(new JudgeAnswer(12, ["x"], Group), AdminJson.Default.JudgeAnswer);

    private static void Token(ScriptedEdge edge) =>
        Then(edge).Answers(new TokenAnswer(12, new TokenInfo("ci", "viewer", CliRun.Now, null, false)), AdminJson.Default.TokenAnswer);

    [GeneratedRegex(@"^### `strangler (?<verb>[a-z ]+)`\n(?:(?!^##|^JSON: ).*\n)*?^JSON: (?<members>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Section();

    [GeneratedRegex("`(?<name>[a-zA-Z0-9]+(\\[\\])?)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Member();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.None, 5000)]
    private static partial Regex Parentheses();
}
