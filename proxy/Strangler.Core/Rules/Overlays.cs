using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>
/// Puts the overlays of one environment over the files that always count, before anything is read: mappings are merged key by key,
/// values and lists replaced. What moves, and whose data it is, stays the same everywhere.
/// </summary>
/// <param name="source">Where the nodes came from.</param>
/// <param name="bag">Where complaints go.</param>
internal sealed class Overlays(SourceMap source, DiagnosticBag bag)
{
    private const string Capabilities = "capabilities";

    private static readonly HashSet<string> HeadKeys = new(StringComparer.Ordinal) { RulesParser.VersionKey, RulesParser.EnvironmentKey };

    private static readonly HashSet<string> ShapeKeys = new(StringComparer.Ordinal) { "operations", "authority", "key" };

    // Their keys exclude or need each other, so that half of one and half of the other make no sense.
    private static readonly HashSet<string> WholeKeys = new(StringComparer.Ordinal) { "account", "groups", "session", "deadline" };

    private readonly HashSet<YamlNode> _fromOverlay = new(ReferenceEqualityComparer.Instance);

    /// <summary>Merges one overlay.</summary>
    /// <param name="bases">The files that always count, at least one; changed.</param>
    /// <param name="overlay">The overlay.</param>
    public void Apply(IReadOnlyList<YamlMappingNode> bases, YamlMappingNode overlay)
    {
        foreach (var (keyNode, value) in overlay.Children)
        {
            if (NameOf(keyNode) is not { } key || HeadKeys.Contains(key)) continue;
            if (key == Capabilities && value is YamlMappingNode capabilities) ApplyCapabilities(bases, capabilities);
            else Merge(bases.FirstOrDefault(b => Find(b, key) is not null) ?? bases[0], keyNode, key, value);
        }
    }

    private void ApplyCapabilities(IReadOnlyList<YamlMappingNode> bases, YamlMappingNode overlay)
    {
        var known = bases.Select(b => Find(b, Capabilities)).OfType<YamlMappingNode>().SelectMany(c => c.Children).ToList();
        foreach (var (nameNode, change) in overlay.Children)
        {
            if (NameOf(nameNode) is not { } name) continue;
            var target = known.Where(c => c.Key is YamlScalarNode key && key.Value == name).Select(c => c.Value).FirstOrDefault();
            if (target is null)
            {
                var names = known.Select(c => c.Key).OfType<YamlScalarNode>().Select(k => k.Value!).ToList();
                bag.Add(nameNode, RuleCodes.OverlayUnknown, $"there is no capability '{name}' to change", Nearest.Hint(name, names));
            }
            else if (change is not YamlMappingNode changes)
            {
                bag.Add(change, RuleCodes.WrongType, $"capability '{name}' must be a mapping of keys to values");
            }
            else if (target is YamlMappingNode capability)
            {
                ApplyCapability(capability, name, changes);
            }
        }
    }

    private void ApplyCapability(YamlMappingNode capability, string name, YamlMappingNode changes)
    {
        foreach (var (keyNode, value) in changes.Children)
        {
            if (NameOf(keyNode) is not { } key) continue;
            if (ShapeKeys.Contains(key)) bag.Add(keyNode, RuleCodes.OverlayShape, $"'{key}' of '{name}' is the same in every environment", "change it in the file without 'environment'");
            else Merge(capability, keyNode, key, value);
        }
    }

    private void Merge(YamlMappingNode target, YamlNode keyNode, string key, YamlNode value)
    {
        if (Find(target, key) is not { } present)
        {
            target.Add(keyNode, value);
            _fromOverlay.Add(value);
        }
        else if (present is YamlMappingNode inner && value is YamlMappingNode changes && !WholeKeys.Contains(key))
        {
            foreach (var (innerKey, innerValue) in changes.Children)
            {
                if (NameOf(innerKey) is { } name) MergeInto(inner, present, innerKey, name, innerValue);
            }
        }
        else
        {
            Replace(target, key, present, value);
        }
    }

    // What an overlay has added as a whole is its own in every part.
    private void MergeInto(YamlMappingNode inner, YamlNode owner, YamlNode keyNode, string key, YamlNode value)
    {
        if (_fromOverlay.Contains(owner) && Find(inner, key) is { } present) _fromOverlay.Add(present);
        Merge(inner, keyNode, key, value);
    }

    private void Replace(YamlMappingNode target, string key, YamlNode present, YamlNode value)
    {
        if (_fromOverlay.Contains(present))
        {
            bag.Add(value, RuleCodes.OverlayConflict, $"'{key}' is set by another overlay of this environment already", $"{source.FileOf(present)}:{present.Start.Line}:{present.Start.Column}");
            return;
        }

        var keyNode = target.Children.First(c => c.Key is YamlScalarNode scalar && scalar.Value == key).Key;
        target.Children[keyNode] = value;
        _fromOverlay.Add(value);
    }

    private string? NameOf(YamlNode key)
    {
        if (key is YamlScalarNode { Value: { } name }) return name;
        bag.Add(key, RuleCodes.WrongType, "a key of an overlay must be a plain word");
        return null;
    }

    private static YamlNode? Find(YamlMappingNode mapping, string key) =>
        mapping.Children.Where(c => c.Key is YamlScalarNode scalar && scalar.Value == key).Select(c => c.Value).FirstOrDefault();
}
