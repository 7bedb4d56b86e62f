using Strangler.Core.Compare;
using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>
/// What came of the requests of the last hour under one <see cref="EvidenceKey"/>, minute by minute and by the set of fields that differ. Not safe for threads.
/// </summary>
internal sealed class EvidenceHour
{
    /// <summary>Stands for fields that are not told apart.</summary>
    public const int Unknown = 0;

    /// <summary>Stands for no difference at all.</summary>
    public const int None = 1;

    private const int Minutes = 60;
    private const int SetLimit = 500;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<int[]?> _sets = [null, []];
    private readonly Minute[] _minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new Minute())];

    /// <summary>The number of a set of fields.</summary>
    public int SetOf(int[]? fields)
    {
        if (fields is null) return Unknown;
        var key = string.Join(',', fields);
        if (_index.TryGetValue(key, out var set)) return set;
        if (_sets.Count == SetLimit) return Unknown;
        _sets.Add(fields);
        return _index[key] = _sets.Count - 1;
    }

    /// <summary>Adds to what came of requests; a negative count takes back.</summary>
    public void Add(long minute, Outcome outcome, int set, int count)
    {
        var slot = _minutes[minute % Minutes];
        if (slot.Number != minute) slot.Begin(minute);
        switch (outcome)
        {
            case Outcome.Equal:
                slot.Equal += count;
                break;
            case Outcome.Different:
                slot.Of(set).Different += count;
                break;
            case Outcome.Undetermined:
                slot.Of(set).Undetermined += count;
                break;
            default:
                break;
        }
    }

    /// <summary>The hour that ends with this minute.</summary>
    public (long Equal, IReadOnlyList<FieldSet> Sets) Read(long minute)
    {
        var (equal, sets) = (0L, new SortedDictionary<int, (long Different, long Undetermined)>());
        foreach (var slot in _minutes.Where(slot => slot.Number > minute - Minutes && slot.Number <= minute))
        {
            equal += slot.Equal;
            foreach (var (set, tally) in slot.Sets)
            {
                var sum = sets.GetValueOrDefault(set);
                sets[set] = (sum.Different + tally.Different, sum.Undetermined + tally.Undetermined);
            }
        }

        return (equal, [.. sets.Select(pair => new FieldSet(_sets[pair.Key], pair.Value.Different, pair.Value.Undetermined))]);
    }

    private sealed class Minute
    {
        public long Number { get; private set; } = -1;

        public long Equal { get; set; }

        public Dictionary<int, Tally> Sets { get; } = [];

        public void Begin(long number)
        {
            (Number, Equal) = (number, 0);
            Sets.Clear();
        }

        public Tally Of(int set)
        {
            if (!Sets.TryGetValue(set, out var tally)) Sets[set] = tally = new Tally();
            return tally;
        }
    }

    private sealed class Tally
    {
        public long Different { get; set; }

        public long Undetermined { get; set; }
    }
}
