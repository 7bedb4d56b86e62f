using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>
/// The fields of an object by name. Where a key occurs several times the last one counts, as most readers have it, and the others
/// are kept aside so that the repetition can be seen.
/// </summary>
internal sealed class JsonFields
{
    private readonly OrderedDictionary<string, JsonElement> _last = new(StringComparer.Ordinal);
    private Dictionary<string, List<JsonElement>>? _earlier;

    public JsonFields(JsonElement value)
    {
        foreach (var field in value.EnumerateObject()) Add(JsonText.Name(field), field.Value);
    }

    /// <summary>Names and values in the order of the document.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _last;

    /// <summary>The value of a field; an undefined element when there is none.</summary>
    public JsonElement this[string name] => _last.GetValueOrDefault(name);

    public bool Contains(string name) => _last.ContainsKey(name);

    /// <summary>The values that a later field of the same name has replaced.</summary>
    public IReadOnlyList<JsonElement> Replaced(string name) =>
        _earlier is not null && _earlier.TryGetValue(name, out var values) ? values : [];

    private void Add(string name, JsonElement value)
    {
        if (_last.TryAdd(name, value)) return;
        _earlier ??= new(StringComparer.Ordinal);
        if (!_earlier.TryGetValue(name, out var values)) _earlier[name] = values = [];
        values.Add(_last[name]);
        _last[name] = value;
    }
}
