using Strangler.Core.Admin;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>All differences of one fingerprint: how many exchanges had it, and the last few of them.</summary>
internal sealed class RecordedGroup(string fingerprint, DateTimeOffset firstSeen)
{
    /// <summary>Records kept per group.</summary>
    public const int SampleLimit = 5;

    private readonly Queue<DifferenceRecord> _samples = new(SampleLimit);
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private DifferenceRecord? _last;

    /// <summary>Exchanges of any outcome.</summary>
    public long Total => _outcomes.Sum();

    public DateTimeOffset LastSeen => _last?.At ?? firstSeen;

    /// <summary>The last records, oldest first.</summary>
    public IReadOnlyCollection<DifferenceRecord> Samples => _samples;

    public void Add(DifferenceRecord record)
    {
        _outcomes[(int)record.Settlement.Outcome]++;
        if (_samples.Count == SampleLimit) _samples.Dequeue();
        _samples.Enqueue(record);
        _last = record;
    }

    public DifferenceGroup ToGroup()
    {
        var last = _last!;
        var difference = last.Difference;
        var (method, pattern) = Split(last.Operation);
        return new DifferenceGroup(
            fingerprint,
            last.Capability,
            last.Operation,
            difference.Kind.Name(),
            difference.Path,
            _outcomes[(int)Outcome.Different],
            _outcomes[(int)Outcome.Stale],
            _outcomes[(int)Outcome.Undetermined],
            firstSeen,
            last.At,
            new DifferenceSample(
                last.Exchange,
                last.At,
                method,
                $"{pattern} #{last.PathToken}",
                last.LegacyStatus,
                last.NewStatus,
                TextOf(difference.Legacy),
                TextOf(difference.New),
                last.Plan));
    }

    private static string? TextOf(ValueSummary summary) => summary.Type == SummaryType.Missing ? null : summary.ToString();

    private static (string Method, string Pattern) Split(string operation)
    {
        var space = operation.IndexOf(' ', StringComparison.Ordinal);
        return (operation[..space], operation[(space + 1)..]);
    }
}
