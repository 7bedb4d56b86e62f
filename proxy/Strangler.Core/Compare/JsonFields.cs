using System.Text;

namespace Strangler.Core.Compare;

/// <summary>
/// The fields of an object by name. Where a key occurs several times the last one counts, as most readers have it, and the others
/// are kept aside so that the repetition can be seen.
/// </summary>
internal sealed class JsonFields
{
    // Keyed by the bytes of the name, one character each, which keeps apart what is no valid UTF-8.
    private readonly OrderedDictionary<string, IndexedValue> _last;
    private Dictionary<string, List<IndexedValue>>? _earlier;

    public JsonFields(IndexedValue value)
    {
        _last = new(value.Count, StringComparer.Ordinal);
        var field = value.FirstChild;
        for (var i = value.Count; i > 0; i--, field = field.Next) Add(Encoding.Latin1.GetString(JsonText.Unescape(field.RawName)), field);
    }

    /// <summary>Keys and values in the order of the document.</summary>
    public IEnumerable<KeyValuePair<string, IndexedValue>> All => _last;

    /// <summary>The value of a field; nothing when there is none.</summary>
    public IndexedValue this[string key] => _last.GetValueOrDefault(key);

    public bool Contains(string key) => _last.ContainsKey(key);

    /// <summary>The values that a later field of the same name has replaced.</summary>
    public IReadOnlyList<IndexedValue> Replaced(string key) =>
        _earlier is not null && _earlier.TryGetValue(key, out var values) ? values : [];

    private void Add(string key, IndexedValue value)
    {
        if (_last.TryAdd(key, value)) return;
        _earlier ??= new(StringComparer.Ordinal);
        if (!_earlier.TryGetValue(key, out var values)) _earlier[key] = values = [];
        values.Add(_last[key]);
        _last[key] = value;
    }
}
