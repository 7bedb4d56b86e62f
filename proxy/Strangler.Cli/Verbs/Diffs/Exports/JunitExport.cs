using System.Globalization;
using System.Xml.Linq;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs.Exports;

/// <summary>Groups as a JUnit report: what waits for a decision fails, what was judged is skipped with the reason, what was mended passes.</summary>
internal static class JunitExport
{
    /// <summary>The report.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="now">The present time.</param>
    public static string Write(IReadOnlyList<DifferenceGroup> groups, DateTimeOffset now)
    {
        var suites = groups.GroupBy(group => group.Capability, StringComparer.Ordinal).Select(each => Suite(each.Key, [.. each], now));
        return new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement("testsuites", new XAttribute("name", "strangler diffs"), suites).ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Suite(string capability, IReadOnlyList<DifferenceGroup> groups, DateTimeOffset now) => new(
        "testsuite",
        new XAttribute("name", XmlText.Clean(capability)),
        new XAttribute("tests", groups.Count),
        new XAttribute("failures", groups.Count(Fails)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", groups.Count(Skips)),
        new XAttribute("time", "0"),
        new XAttribute("timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
        groups.Select(Case));

    private static XElement Case(DifferenceGroup group)
    {
        var test = new XElement(
            "testcase",
            new XAttribute("classname", XmlText.Clean($"{group.Capability}.{group.Operation}")),
            new XAttribute("name", XmlText.Clean($"{group.Kind} at {group.Path} ({GroupWords.Short(group)})")),
            new XAttribute("time", "0"));
        var text = XmlText.Clean($"{group.State}, severity {group.Severity}: {group.Cause ?? "no common cause found"}; {GroupWords.Extent(group)}");
        if (Fails(group)) test.Add(new XElement("failure", new XAttribute("message", text), new XAttribute("type", XmlText.Clean(group.Kind)), XmlText.Clean(Details(group))));
        else if (Skips(group)) test.Add(new XElement("skipped", new XAttribute("message", XmlText.Clean(group.Judgement?.Reason ?? text))));
        return test;
    }

    private static string Details(DifferenceGroup group) =>
        $"legacy {group.Sample.LegacyStatus}: {group.Sample.Legacy ?? "(absent)"}\nnew {group.Sample.NewStatus}: {group.Sample.New ?? "(absent)"}\nstrangler diffs show {GroupWords.Short(group)}";

    private static bool Fails(DifferenceGroup group) => GroupWords.IsOpen(group) && group.Severity is not "note";

    private static bool Skips(DifferenceGroup group) => !Fails(group) && group.State is not "fixed";
}
