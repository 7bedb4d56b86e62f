using Strangler.Core.Compare;
using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>
/// The fields that have differed under one <see cref="EvidenceKey"/>, with their paired counts. Bounded: fields beyond the limit are told apart from
/// no other, and nothing explains them. Not safe for threads.
/// </summary>
internal sealed class FieldTable
{
    /// <summary>Most fields that are told apart.</summary>
    public const int Limit = 2000;

    private readonly Dictionary<EvidenceField, int> _index = [];
    private readonly List<PairedCounts> _counts = [];
    private readonly List<bool> _alarmed = [];
    private readonly List<long> _singlesDiffer = [];
    private readonly Dictionary<string, long> _triples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _singles = new(StringComparer.Ordinal);

    /// <summary>Requests that were asked three times, by operation; a copy.</summary>
    public IReadOnlyDictionary<string, long> Triples => new Dictionary<string, long>(_triples, StringComparer.Ordinal);

    /// <summary>Requests for which legacy was not asked twice, by operation; a copy.</summary>
    public IReadOnlyDictionary<string, long> Singles => new Dictionary<string, long>(_singles, StringComparer.Ordinal);

    /// <summary>The fields in which two answers differ, each once and in order; null when one of them is beyond the limit.</summary>
    public int[]? IndicesOf(string operation, Comparison comparison)
    {
        // A comparison that was cut short may have missed just the field that matters.
        if (comparison.Truncated) return null;
        var indices = new SortedSet<int>();
        foreach (var difference in comparison.Differences)
        {
            var field = new EvidenceField(operation, difference.Path, difference.Kind.Name());
            if (!_index.TryGetValue(field, out var index))
            {
                if (_index.Count == Limit) return null;
                _index[field] = index = _index.Count;
                _counts.Add(default);
                _alarmed.Add(false);
                _singlesDiffer.Add(0);
            }

            indices.Add(index);
        }

        return [.. indices];
    }

    /// <summary>Counts a request that was asked three times.</summary>
    /// <param name="operation">Its operation.</param>
    /// <param name="differs">The fields in which the new side's answer differs from legacy's first.</param>
    /// <param name="control">Those in which legacy's second answer does.</param>
    public void CountTriple(string operation, int[] differs, int[] control)
    {
        _triples[operation] = _triples.GetValueOrDefault(operation) + 1;
        foreach (var index in differs.Union(control))
        {
            var counts = _counts[index].Add(differs.Contains(index), control.Contains(index));
            _counts[index] = counts;
            _alarmed[index] |= NoiseJudgement.IsAlarm(counts with { Triples = _triples[operation] }, _counts.Count);
        }
    }

    /// <summary>Counts a request for which legacy was not asked twice.</summary>
    public void CountSingle(string operation, int[] differs)
    {
        _singles[operation] = _singles.GetValueOrDefault(operation) + 1;
        foreach (var index in differs) _singlesDiffer[index]++;
    }

    /// <summary>Every field with its counts, by its index.</summary>
    public IReadOnlyList<FieldEvidence> Read() => [.. _index
        .OrderBy(pair => pair.Value)
        .Select(pair => new FieldEvidence(
            pair.Key,
            _counts[pair.Value] with { Triples = _triples.GetValueOrDefault(pair.Key.Operation) },
            _alarmed[pair.Value])
        {
            Singles = _singles.GetValueOrDefault(pair.Key.Operation),
            SinglesDiffer = _singlesDiffer[pair.Value],
        })];
}
