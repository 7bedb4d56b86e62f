using System.Text;
using System.Xml.Linq;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Gates;

/// <summary>A gate's answer for a pipeline.</summary>
internal static class GateReport
{
    private const string Junit = "junit";
    private const string Markdown = "md";

    /// <summary>The formats.</summary>
    public static string[] Formats { get; } = [Junit, Markdown];

    /// <summary>The report, with a line end.</summary>
    public static string Of(GateAnswer answer, string format) => format == Junit ? ToJunit(answer) : ToMarkdown(answer);

    // One test case a gate: what pipelines show is its name and the message of its failure.
    private static string ToJunit(GateAnswer answer)
    {
        var test = new XElement("testcase", new XAttribute("classname", "strangler.gate"), new XAttribute("name", XmlText.Clean(answer.Capability)));
        if (answer.Missing.Count > 0)
        {
            test.Add(new XElement(
                "failure", new XAttribute("type", answer.Verdict), new XAttribute("message", XmlText.Clean(answer.Missing[0])), XmlText.Clean(string.Join('\n', answer.Missing))));
        }

        if (answer.Remarks.Count > 0) test.Add(new XElement("system-out", XmlText.Clean(string.Join('\n', answer.Remarks))));
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", "strangler gate"),
            new XAttribute("tests", 1),
            new XAttribute("failures", answer.Missing.Count > 0 ? 1 : 0),
            test);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite)}\n";
    }

    private static string ToMarkdown(GateAnswer answer)
    {
        var text = new StringBuilder($"### Gate of `{answer.Capability}`: {answer.Verdict.Replace('-', ' ')}\n\n");
        foreach (var sentence in answer.Missing) text.Append($"- {MarkdownText.Escape(sentence)}\n");
        if (answer.Missing.Count > 0) text.Append('\n');
        text.Append($"{answer.Compared:N0} exchanges compared in the last hour, {answer.Different:N0} different; demanded: {GatePicture.Demands(answer.Demands)}.\n");
        foreach (var remark in answer.Remarks) text.Append($"\n> {MarkdownText.Escape(remark)}\n");
        return text.ToString();
    }
}
