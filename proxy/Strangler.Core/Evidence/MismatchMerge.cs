namespace Strangler.Core.Evidence;

/// <summary>Adds up what several edges have seen under the same builds and rules.</summary>
internal static class MismatchMerge
{
    /// <summary>The sum.</summary>
    public static MismatchEvidence Of(IReadOnlyList<MismatchEvidence> parts)
    {
        if (parts.Count == 1) return parts[0];
        var (triples, singles) = (Sum(parts.Select(part => part.Triples)), Sum(parts.Select(part => part.Singles)));
        var fields = parts.SelectMany(part => part.Fields).GroupBy(field => field.Field).Select(group => Sum(group, triples, singles)).ToList();
        var index = fields.Select((field, i) => (field.Field, i)).ToDictionary(pair => pair.Field, pair => pair.i);
        return new MismatchEvidence(
            parts.Sum(part => part.Equal),
            [.. parts.SelectMany(part => part.Sets.Select(set => set with { Fields = set.Fields?.Select(field => index[part.Fields[field].Field]).Order().ToList() }))],
            fields)
        {
            Triples = triples,
            Singles = singles,
            Biases = [.. parts.SelectMany(part => part.Biases).GroupBy(bias => bias.Field).Select(Sum)],
            Suggestions = [.. parts.SelectMany(part => part.Suggestions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            RulesHit = [.. parts.SelectMany(part => part.RulesHit).Distinct().Order()],
        };
    }

    private static FieldEvidence Sum(IGrouping<EvidenceField, FieldEvidence> parts, Dictionary<string, long> triples, Dictionary<string, long> singles) => new(
        parts.Key,
        new PairedCounts(
            triples.GetValueOrDefault(parts.Key.Operation), parts.Sum(part => part.Counts.NewOnly), parts.Sum(part => part.Counts.LegacyOnly), parts.Sum(part => part.Counts.Both)),
        parts.Any(part => part.Alarmed))
    {
        Singles = singles.GetValueOrDefault(parts.Key.Operation),
        SinglesDiffer = parts.Sum(part => part.SinglesDiffer),
    };

    private static Dictionary<string, long> Sum(IEnumerable<IReadOnlyDictionary<string, long>> parts) => parts
        .SelectMany(part => part)
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value), StringComparer.Ordinal);

    private static BiasEvidence Sum(IGrouping<EvidenceField, BiasEvidence> parts)
    {
        var sum = new BiasEvidence(parts.Key, parts.Sum(part => part.Lower), parts.Sum(part => part.Higher), parts.Any(part => part.Alarmed));
        return sum.IsShown ? sum with { Alarmed = true } : sum;
    }
}
