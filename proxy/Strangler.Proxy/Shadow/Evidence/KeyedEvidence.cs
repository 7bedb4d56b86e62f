using Strangler.Core.Compare;
using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>Everything that was counted under one <see cref="EvidenceKey"/>. Not safe for threads.</summary>
internal sealed class KeyedEvidence(EvidenceKey key)
{
    private const int MaxSuggestions = 20;

    private readonly FieldTable _fields = new();
    private readonly EvidenceHour _hour = new();
    private readonly SeenRequests _seen = new();
    private readonly BiasTable _bias = new();
    private readonly SortedSet<int> _hits = [];
    private readonly SortedSet<string> _suggestions = new(StringComparer.Ordinal);
    private DateTimeOffset _lastCounted;

    /// <summary>What it holds for.</summary>
    public EvidenceKey Key { get; } = key;

    /// <summary>Counts one request.</summary>
    /// <param name="request">Hash of what was asked.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="settlement">What came of it.</param>
    /// <param name="comparison">Legacy's first answer and the new side's.</param>
    /// <param name="control">Legacy's first answer and its second; null when it was not asked twice.</param>
    /// <param name="now">The present time.</param>
    public void Count(ulong request, string operation, Settlement settlement, Comparison comparison, Comparison? control, DateTimeOffset now)
    {
        if (settlement.Outcome == Outcome.Stale) return;
        var minute = MinuteOf(now);
        _lastCounted = now;
        var seen = _seen.Find(request, minute);
        var fields = _fields.IndicesOf(operation, comparison);
        _hits.UnionWith(comparison.Hits);
        foreach (var suggested in comparison.Suggested.Take(MaxSuggestions - _suggestions.Count)) _suggestions.Add($"{{ path: \"{suggested.Path}\", match-by: [{suggested.Field}] }}");
        if (seen is null) _bias.Count(operation, comparison.Tolerated);
        if (seen is null && fields is not null && IsFair(settlement)) CountFields(operation, fields, control);
        var set = settlement.Outcome == Outcome.Equal ? EvidenceHour.None : _hour.SetOf(fields);
        if (seen is { } before)
        {
            if (Weight(before.Outcome) >= Weight(settlement.Outcome)) return;
            _hour.Add(minute, before.Outcome, before.Set, -1);
        }

        _seen.Set(request, settlement.Outcome, set);
        _hour.Add(minute, settlement.Outcome, set, 1);
    }

    /// <summary>What was seen, the hour that ends now.</summary>
    public EvidenceShare Share(DateTimeOffset now)
    {
        var (equal, sets) = _hour.Read(MinuteOf(now));
        return new EvidenceShare(Key, _lastCounted, new MismatchEvidence(equal, sets, _fields.Read())
        {
            Triples = _fields.Triples,
            Singles = _fields.Singles,
            Biases = _bias.Read(),
            Suggestions = [.. _suggestions],
            RulesHit = [.. _hits],
        });
    }

    private static long MinuteOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;

    // The pair is fair only where both were asked under the same conditions: an answer that was late by lag says nothing of noise.
    private static bool IsFair(Settlement settlement) =>
        settlement.Outcome != Outcome.Undetermined || settlement.Reason is SettlementReason.LegacyChanged or SettlementReason.LegacyNotAsked;

    private static int Weight(Outcome outcome) => outcome switch { Outcome.Different => 2, Outcome.Undetermined => 1, _ => 0 };

    private void CountFields(string operation, int[] differs, Comparison? control)
    {
        if (control is null) _fields.CountSingle(operation, differs);
        else if (_fields.IndicesOf(operation, control) is { } legacyDiffers) _fields.CountTriple(operation, differs, legacyDiffers);
    }
}
