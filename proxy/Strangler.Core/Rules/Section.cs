using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>
/// One mapping of the file while it is read: keys are taken by name, and <see cref="Close"/> reports those that nobody knows.
/// </summary>
internal sealed class Section
{
    private readonly string _what;
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _left = new(StringComparer.Ordinal);
    private readonly List<string> _legal = [];

    private Section(YamlMappingNode node, string what, DiagnosticBag bag)
    {
        Node = node;
        _what = what;
        _bag = bag;
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) bag.Add(key, RuleCodes.WrongType, $"a key of {what} must be a plain word");
            else if (!_left.TryAdd(name, (key, value))) bag.Add(key, RuleCodes.Duplicate, $"{what} has the key '{name}' twice");
        }
    }

    /// <summary>The mapping itself.</summary>
    public YamlNode Node { get; }

    /// <summary>Opens a mapping; anything else is reported and gives null.</summary>
    /// <param name="node">The node that should be a mapping.</param>
    /// <param name="what">How messages call it.</param>
    /// <param name="bag">Where complaints go.</param>
    public static Section? Open(YamlNode node, string what, DiagnosticBag bag)
    {
        if (node is YamlMappingNode mapping) return new Section(mapping, what, bag);
        bag.Add(node, RuleCodes.WrongType, $"{what} must be a mapping of keys to values");
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
        if (value is null) _bag.Add(Node, RuleCodes.MissingKey, $"{_what} lacks '{key}'", hint);
        return value;
    }

    public Section? OptionalSection(string key) =>
        Optional(key) is { } node ? Open(node, $"'{key}' of {_what}", _bag) : null;

    /// <summary>The items of a list; a missing key gives none.</summary>
    public IEnumerable<YamlNode> OptionalList(string key, int limit = RulesLimits.Items) => Optional(key) is { } node ? Items(key, node, limit) : [];

    /// <summary>The items of a list that must be there and not be empty.</summary>
    public IEnumerable<YamlNode> RequiredList(string key, string hint, int limit = RulesLimits.Items)
    {
        if (Required(key, hint) is not { } node) return [];
        if (node is YamlSequenceNode { Children.Count: 0 }) _bag.Add(node, RuleCodes.BadValue, $"'{key}' of {_what} is empty", hint);
        return Items(key, node, limit);
    }

    /// <summary>All keys that are left, for a mapping whose keys are names.</summary>
    public IEnumerable<(string Name, YamlNode Key, YamlNode Value)> TakeAll()
    {
        var all = _left.Select(e => (e.Key, e.Value.Key, e.Value.Value)).ToList();
        _left.Clear();
        return all;
    }

    public void Close()
    {
        foreach (var (name, entry) in _left)
        {
            _bag.Add(entry.Key, RuleCodes.UnknownKey, $"{_what} has no key '{name}'", Nearest.Hint(name, _legal));
        }
    }

    private IEnumerable<YamlNode> Items(string key, YamlNode node, int limit)
    {
        if (node is not YamlSequenceNode list)
        {
            _bag.Add(node, RuleCodes.WrongType, $"'{key}' of {_what} must be a list");
            return [];
        }

        if (list.Children.Count > limit) _bag.Add(list.Children[limit], RuleCodes.TooMany, $"'{key}' of {_what} has {list.Children.Count:N0} items, limit {limit:N0}");
        return list.Children.Take(limit);
    }
}
