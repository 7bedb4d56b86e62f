using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads what every file starts with: which language it is in, and for which environment it is.</summary>
internal static class FileHead
{
    private const int MaxEnvironmentLength = 63;

    /// <summary>The file, or null when it is no mapping at all.</summary>
    public static RulesDocument? Read(YamlNode root, DiagnosticBag bag)
    {
        if (root is not YamlMappingNode mapping)
        {
            bag.Add(root, RuleCodes.WrongType, "a rules file must be a mapping of keys to values");
            return null;
        }

        ReadVersion(mapping, bag);
        return new RulesDocument(mapping, ReadEnvironment(mapping, bag));
    }

    /// <summary>True for a name that an environment can have.</summary>
    public static bool IsEnvironment(string text) =>
        text.Length is > 0 and <= MaxEnvironmentLength && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void ReadVersion(YamlMappingNode root, DiagnosticBag bag)
    {
        var node = Find(root, RulesParser.VersionKey);
        if (node is null) bag.Add(root, RuleCodes.MissingKey, $"a rules file lacks '{RulesParser.VersionKey}'", $"start the file with '{RulesParser.VersionKey}: {RulesParser.ApiVersion}'");
        else if (bag.Text(node, $"'{RulesParser.VersionKey}'") is { } text && text != RulesParser.ApiVersion)
        {
            bag.Add(node, RuleCodes.BadValue, $"'{RulesParser.VersionKey}' is '{text}'", $"this version reads {RulesParser.ApiVersion}");
        }
    }

    // A wrong name must not make a file count everywhere, so it is kept: nobody can ask for it.
    private static string? ReadEnvironment(YamlMappingNode root, DiagnosticBag bag)
    {
        if (Find(root, RulesParser.EnvironmentKey) is not { } node) return null;
        var name = bag.Text(node, $"'{RulesParser.EnvironmentKey}'") ?? "";
        if (name.Length > 0 && !IsEnvironment(name))
        {
            bag.Add(node, RuleCodes.BadValue, $"'{name}' is no name of an environment", $"use a-z, 0-9 and '-', 1 to {MaxEnvironmentLength} characters");
        }

        return name;
    }

    private static YamlNode? Find(YamlMappingNode root, string key) =>
        root.Children.Where(c => c.Key is YamlScalarNode scalar && scalar.Value == key).Select(c => c.Value).FirstOrDefault();
}
