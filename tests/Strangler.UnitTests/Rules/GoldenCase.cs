using System.Globalization;
using System.Text;
using Strangler.Core.Rules;

namespace Strangler.UnitTests.Rules;

/// <summary>
/// One golden file: rules files, and what must be said about them. Lines that start with <c>####</c> divide it:
/// <c>next file</c>; <c>environment: NAME</c> and <c>edge: ADDRESS</c> for the options; <c>padding: N</c> for N characters of comment;
/// <c>schema: sees it | does not see it | cannot read it</c> when there are errors; and <c>expected</c>, after which the findings stand.
/// </summary>
internal sealed class GoldenCase
{
    private const string Mark = "#### ";

    private readonly List<StringBuilder> _texts = [new()];
    private readonly List<string> _edges = [];
    private string? _environment;

    private GoldenCase()
    {
    }

    public string Expected { get; private set; } = "";

    /// <summary>What the schema does; null when the case says nothing.</summary>
    public string? Schema { get; private set; }

    public IReadOnlyList<RulesFile> Files => [.. _texts.Select((text, i) => new RulesFile($"{(char)('a' + i)}.yaml", text.ToString()))];

    public RulesOptions Options => new() { Environment = _environment, EdgeAddresses = _edges };

    public RulesResult Parse() => RulesParser.Parse(Files, Options);

    public static GoldenCase Read(string text)
    {
        var golden = new GoldenCase();
        var split = text.Split(Mark + "expected\n");
        golden.Expected = split[1];
        foreach (var line in split[0].Split('\n').SkipLast(1)) golden.Take(line);
        return golden;
    }

    private void Take(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            _texts[^1].Append(line).Append('\n');
            return;
        }

        var words = line[Mark.Length..].Split(": ", 2);
        switch (words[0])
        {
            case "next file": _texts.Add(new StringBuilder()); break;
            case "environment": _environment = words[1]; break;
            case "edge": _edges.Add(words[1]); break;
            case "padding": _texts[^1].Append('#', int.Parse(words[1], CultureInfo.InvariantCulture)); break;
            case "schema": Schema = words[1]; break;
            default: throw new FormatException($"a golden file has no '{line}'");
        }
    }
}
