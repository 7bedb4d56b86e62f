using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Turns the text of a file into YAML nodes; whatever is no YAML that rules may use is a diagnostic.</summary>
internal static class YamlLoader
{
    private const string QuoteHint = "put quotes around a value with braces: match: \"GET /api/{**rest}\"";

    /// <summary>The root of the file's only document, or null with a diagnostic.</summary>
    public static YamlNode? Load(RulesFile file, SourceMap source, DiagnosticBag bag)
    {
        if (file.Text.Length > RulesLimits.FileLength)
        {
            bag.Add(file.Name, 1, 1, RuleCodes.TooLarge, $"the file has more than {RulesLimits.FileLength:N0} characters");
            return null;
        }

        try
        {
            Inspect(file.Text);
            var stream = new YamlStream();
            stream.Load(new StringReader(file.Text));
            if (stream.Documents.Count == 1)
            {
                source.Add(stream.Documents[0].RootNode, file.Name);
                return stream.Documents[0].RootNode;
            }

            bag.Add(file.Name, 1, 1, RuleCodes.Yaml, stream.Documents.Count == 0 ? "the file is empty" : "a rules file holds one YAML document");
        }
        catch (YamlException error)
        {
            bag.Add(file.Name, error.Start.Line, error.Start.Column, RuleCodes.Yaml, OneLine(error.Message), HintFor(file.Text, error.Start.Line));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException)
        {
            // YamlDotNet 16.3 throws these on some malformed input, without a position.
            bag.Add(file.Name, 1, 1, RuleCodes.Yaml, OneLine(error.Message));
        }

        return null;
    }

    // Before anything is built: depth would overflow stacks, and an alias makes a tree out of few characters that nobody can walk to its end.
    private static void Inspect(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext() && parser.Current is { } part)
        {
            depth += part.NestingIncrease;
            if (depth > RulesLimits.Depth) throw new YamlException(part.Start, part.End, $"nested deeper than {RulesLimits.Depth} levels");
            if (part is AnchorAlias) throw new YamlException(part.Start, part.End, "rules know no aliases: '*' at the start of a value names one");
            if (part is NodeEvent { Anchor.IsEmpty: false }) throw new YamlException(part.Start, part.End, "rules know no anchors: '&' at the start of a value makes one");
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    // "{sku}" and "{**rest}" start a flow mapping or an alias in YAML, and its own message helps nobody.
    private static string? HintFor(string text, long line)
    {
        var number = 0L;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            if (number > line) break;
            var candidate = text.AsSpan(range);
            if (number >= line - 1 && (candidate.Contains("/{", StringComparison.Ordinal) || candidate.Contains("{*", StringComparison.Ordinal))) return QuoteHint;
        }

        return null;
    }
}
