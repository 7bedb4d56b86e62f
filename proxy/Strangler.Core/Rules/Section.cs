using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>
/// One mapping of the file while it is read: keys are taken by name, and <see cref="Close"/> reports those that nobody knows.
/// </summary>
internal sealed class Section
{
    private readonly YamlNode _node;
    private readonly string _what;
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _left = new(StringComparer.Ordinal);
    private readonly List<string> _legal = [];

    private Section(YamlMappingNode node, string what, DiagnosticBag bag)
    {
        _node = node;
        _what = what;
        _bag = bag;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name }) _left[name] = (key, value);
            else bag.Add(key, "wrong-type", $"a key of {what} must be a plain word");
        }
    }

    /// <summary>Opens a mapping; anything else is reported and gives null.</summary>
    /// <param name="node">The node that should be a mapping.</param>
    /// <param name="what">How messages call it.</param>
    /// <param name="bag">Where complaints go.</param>
    public static Section? Open(YamlNode node, string what, DiagnosticBag bag)
    {
        if (node is YamlMappingNode mapping) return new Section(mapping, what, bag);
        bag.Add(node, "wrong-type", $"{what} must be a mapping of keys to values");
        return null;
    }

    public YamlNode? Optional(string key)
    {
        _legal.Add(key);
        return _left.Remove(key, out var entry) ? entry.Value : null;
    }

    public YamlNode? Required(string key, string hint)
    {
        var value = Optional(key);
        if (value is null) _bag.Add(_node, "missing-key", $"{_what} lacks '{key}'", hint);
        return value;
    }

    public Section? OptionalSection(string key) =>
        Optional(key) is { } node ? Open(node, $"'{key}' of {_what}", _bag) : null;

    /// <summary>The items of a list; a missing key gives none.</summary>
    public IEnumerable<YamlNode> OptionalList(string key) => Optional(key) is { } node ? Items(key, node) : [];

    /// <summary>The items of a list that must be there and not be empty.</summary>
    public IEnumerable<YamlNode> RequiredList(string key, string hint)
    {
        if (Required(key, hint) is not { } node) return [];
        if (node is YamlSequenceNode { Children.Count: 0 }) _bag.Add(node, "bad-value", $"'{key}' of {_what} is empty", hint);
        return Items(key, node);
    }

    /// <summary>All keys that are left, for a mapping whose keys are names.</summary>
    public IEnumerable<(string Name, YamlNode Key, YamlNode Value)> TakeAll()
    {
        var all = _left.Select(e => (e.Key, e.Value.Key, e.Value.Value)).ToList();
        _left.Clear();
        return all;
    }

    /// <summary>Reports a key that a later version will know.</summary>
    public void NotYet(string key, string instead)
    {
        if (_left.Remove(key, out var entry)) _bag.Add(entry.Key, "not-yet", $"'{key}' is not built yet", instead);
    }

    public void Close()
    {
        foreach (var (name, entry) in _left)
        {
            _bag.Add(entry.Key, "unknown-key", $"{_what} has no key '{name}'", Nearest.Hint(name, _legal));
        }
    }

    private IEnumerable<YamlNode> Items(string key, YamlNode node)
    {
        if (node is YamlSequenceNode list) return list.Children;
        _bag.Add(node, "wrong-type", $"'{key}' of {_what} must be a list");
        return [];
    }
}
