using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Strangler.UnitTests.Rules.Schema;

/// <summary>YAML as an editor hands it to a schema: by the core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2).</summary>
internal static partial class YamlJson
{
    private const int MaxDepth = 40;

    /// <summary>The only document of a text; false when an editor would already complain about the YAML.</summary>
    public static bool TryRead(string text, out JsonNode? json)
    {
        json = null;
        try
        {
            var depth = 0;
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MaxDepth || parser.Current is YamlDotNet.Core.Events.AnchorAlias) return false;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count != 1) return false;
            json = Convert(stream.Documents[0].RootNode);
            return true;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }

    private static JsonNode? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children) members[key is YamlScalarNode { Value: { } name } ? name : key.ToString()] = Convert(value);
                return members;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select(Convert)]);
            case YamlScalarNode { Value: { } text, Style: ScalarStyle.Plain }:
                return Plain(text);
            default:
                return ((YamlScalarNode)node).Value;
        }
    }

    private static JsonNode? Plain(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL") return null;
        if (text is "true" or "True" or "TRUE") return true;
        if (text is "false" or "False" or "FALSE") return false;
        if (Number().IsMatch(text)) return double.Parse(text, CultureInfo.InvariantCulture);
        return Octal().IsMatch(text) || NoNumber().IsMatch(text) ? 0.5 : text;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("^(0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoNumber();
}
