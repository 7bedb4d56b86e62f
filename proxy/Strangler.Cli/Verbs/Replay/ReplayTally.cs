using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>Counts what came of the requests and groups their differences. Safe to share between threads.</summary>
internal sealed class ReplayTally
{
    private const int GroupLimit = 500;
    private const string Overflow = "group-limit";

    private readonly Lock _lock = new();
    private readonly ReplayState _start;
    private readonly Dictionary<string, (ReplayGroup Group, CauseTally Causes)> _groups;
    private readonly Dictionary<string, long> _skipped;
    private long _equal;
    private long _different;
    private long _undetermined;

    /// <summary>Goes on from a state.</summary>
    public ReplayTally(ReplayState start)
    {
        _start = start;
        (_equal, _different, _undetermined) = (start.Equal, start.Different, start.Undetermined);
        _skipped = new(start.Skipped, StringComparer.Ordinal);
        _groups = start.Groups.ToDictionary(
            group => group.Fingerprint,
            group => (group, CauseTally.TryParse(group.Causes, out var causes) ? causes : new CauseTally()),
            StringComparer.Ordinal);
    }

    /// <summary>Counts a request that was not sent, or not compared.</summary>
    public void Skip(string reason)
    {
        lock (_lock) _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
    }

    /// <summary>Counts a request whose answers are equal.</summary>
    public void CountEqual() => Interlocked.Increment(ref _equal);

    /// <summary>Counts a request that differs only where legacy contradicts itself.</summary>
    public void CountUndetermined() => Interlocked.Increment(ref _undetermined);

    /// <summary>Counts a request whose answers differ.</summary>
    /// <param name="operation">Its operation.</param>
    /// <param name="legacyStatus">Status code of legacy.</param>
    /// <param name="newStatus">Status code of the new side; 0 when there was no answer.</param>
    /// <param name="differences">What differs.</param>
    public void CountDifferent(string operation, int legacyStatus, int newStatus, IEnumerable<Difference> differences)
    {
        lock (_lock)
        {
            _different++;
            foreach (var (fingerprint, difference) in differences
                .Select(difference => (Fingerprint: Fingerprint.Of(operation, legacyStatus, newStatus, difference), Difference: difference))
                .DistinctBy(pair => pair.Fingerprint, StringComparer.Ordinal))
            {
                Add(fingerprint, operation, difference);
            }
        }
    }

    /// <summary>What is known after so many requests of the recording.</summary>
    public ReplayState State(int done)
    {
        lock (_lock)
        {
            return _start with
            {
                Done = done,
                Equal = _equal,
                Different = _different,
                Undetermined = _undetermined,
                Skipped = new SortedDictionary<string, long>(_skipped, StringComparer.Ordinal),
                Groups = [.. _groups.Values.Select(pair => pair.Group with { Causes = pair.Causes.ToText() })],
            };
        }
    }

    private void Add(string fingerprint, string operation, Difference difference)
    {
        if (!_groups.TryGetValue(fingerprint, out var known))
        {
            if (_groups.Count == GroupLimit)
            {
                _skipped[Overflow] = _skipped.GetValueOrDefault(Overflow) + 1;
                return;
            }

            known = (new ReplayGroup(fingerprint, operation, difference.Kind.Name(), difference.Path, difference.Severity, "", "", 0, ""), new CauseTally());
        }

        known.Causes.Add(difference);
        _groups[fingerprint] = (known.Group with { Count = known.Group.Count + 1, Legacy = difference.Legacy.ToString(), New = difference.New.ToString() }, known.Causes);
    }
}
