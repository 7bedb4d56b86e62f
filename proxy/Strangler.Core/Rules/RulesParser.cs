using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads rules files and says everything that is wrong with them in one pass.</summary>
public static class RulesParser
{
    /// <summary>The value of <c>apiVersion</c>.</summary>
    public const string ApiVersion = "strangler/v1";

    /// <summary>Largest file, in characters.</summary>
    public const int MaxFileLength = 1 << 20;

    // Far more than rules need. YamlDotNet and everything after it recurse, and a stack that overflows would end the running edge.
    private const int MaxDepth = 32;

    /// <summary>Reads the files as one rule set: exactly one of them has <c>legacy</c>, each can have capabilities.</summary>
    public static RulesResult Parse(IReadOnlyList<RulesFile> files)
    {
        var draft = new RuleSetDraft();
        var diagnostics = new List<RuleDiagnostic>();
        foreach (var file in files)
        {
            var bag = new DiagnosticBag(file.Name);
            if (LoadRoot(file, bag) is { } root) ReadFile(root, draft, bag);
            diagnostics.AddRange(bag.Items.OrderBy(d => d.Line).ThenBy(d => d.Column));
        }

        if (diagnostics.Count == 0 && draft.Legacy is null)
        {
            diagnostics.Add(new RuleDiagnostic(files.Count > 0 ? files[0].Name : "rules", 1, 1, "missing-key",
                "no file has a 'legacy' section", "legacy: { destinations: [\"http://127.0.0.1:5100\"] }"));
        }

        return new RulesResult(diagnostics.Count == 0 ? draft.ToRuleSet() : null, diagnostics);
    }

    private static YamlNode? LoadRoot(RulesFile file, DiagnosticBag bag)
    {
        if (file.Text.Length > MaxFileLength)
        {
            bag.Add(1, 1, "too-large", $"the file has {file.Text.Length:N0} characters, limit {MaxFileLength:N0}");
            return null;
        }

        var stream = new YamlStream();
        try
        {
            RefuseDeepNesting(file.Text);
            stream.Load(new StringReader(file.Text));
        }
        catch (YamlException error)
        {
            bag.Add((int)error.Start.Line, (int)error.Start.Column, "yaml", OneLine(error.Message), YamlHint(file.Text, (int)error.Start.Line));
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException)
        {
            // YamlDotNet 16.3 throws these on some malformed input, without a position.
            bag.Add(1, 1, "yaml", OneLine(error.Message));
            return null;
        }

        if (stream.Documents.Count == 1) return stream.Documents[0].RootNode;
        bag.Add(1, 1, "yaml", stream.Documents.Count == 0 ? "the file is empty" : "a rules file holds one YAML document");
        return null;
    }

    private static void RefuseDeepNesting(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext() && parser.Current is { } part)
        {
            depth += part.NestingIncrease;
            if (depth > MaxDepth) throw new YamlException(part.Start, part.End, $"nested deeper than {MaxDepth} levels");
        }
    }

    private static void ReadFile(YamlNode root, RuleSetDraft draft, DiagnosticBag bag)
    {
        if (Section.Open(root, "a rules file", bag) is not { } section) return;
        var version = section.Required("apiVersion", $"start the file with 'apiVersion: {ApiVersion}'");
        if (bag.Text(version, "'apiVersion'") is { } text && text != ApiVersion)
        {
            bag.Add(version!, "bad-value", $"'apiVersion' is '{text}'", $"this version reads {ApiVersion}");
        }

        draft.Legacy = ReadOnce(section, "legacy", draft.Legacy, GlobalSections.ReadLegacy, bag);
        draft.Unit = ReadOnce(section, "unit", draft.Unit, GlobalSections.ReadUnit, bag);
        draft.Adapters = ReadOnce(section, "adapters", draft.Adapters, GlobalSections.ReadAdapters, bag);
        if (section.OptionalSection("capabilities") is { } capabilities) ReadCapabilities(capabilities, draft, bag);
        section.Close();
    }

    private static T? ReadOnce<T>(Section section, string key, T? present, Func<YamlNode, DiagnosticBag, T?> read, DiagnosticBag bag)
        where T : class
    {
        if (section.Optional(key) is not { } node) return present;
        if (present is null) return read(node, bag);
        bag.Add(node, "duplicate", $"'{key}' stands in another file already");
        return present;
    }

    private static void ReadCapabilities(Section capabilities, RuleSetDraft draft, DiagnosticBag bag)
    {
        foreach (var (name, key, value) in capabilities.TakeAll())
        {
            if (draft.Capabilities.Any(c => c.Name == name)) bag.Add(key, "duplicate", $"capability '{name}' stands twice");
            if (CapabilitySection.Read(name, key, value, draft, bag) is { } capability) draft.Capabilities.Add(capability);
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    // "{sku}" and "{**rest}" start a flow mapping or an alias in YAML, and its own message helps nobody.
    private static string? YamlHint(string text, int line)
    {
        var lines = text.Split('\n');
        var near = lines.Skip(Math.Max(0, line - 2)).Take(2);
        return near.Any(l => l.Contains("/{", StringComparison.Ordinal)) ? "put quotes around a value with braces: match: \"GET /api/{**rest}\"" : null;
    }
}
