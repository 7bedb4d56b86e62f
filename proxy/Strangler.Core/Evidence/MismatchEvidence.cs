namespace Strangler.Core.Evidence;

/// <summary>
/// What the gate knows of a capability's answers: requests of the last hour, each counted once however often it was repeated within a minute, under the
/// builds and rules that are in force now.
/// </summary>
/// <param name="Equal">Requests whose answers were equal.</param>
/// <param name="Sets">The others, by the fields in which they differ.</param>
/// <param name="Fields">The fields that have ever differed under these builds and rules, on either side.</param>
public sealed record MismatchEvidence(long Equal, IReadOnlyList<FieldSet> Sets, IReadOnlyList<FieldEvidence> Fields)
{
    /// <summary>Nothing is known.</summary>
    public static readonly MismatchEvidence None = new(0, [], []);

    /// <summary>Requests that were asked three times, by operation.</summary>
    public IReadOnlyDictionary<string, long> Triples { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Requests for which legacy was not asked twice, by operation.</summary>
    public IReadOnlyDictionary<string, long> Singles { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>In which direction tolerated values go.</summary>
    public IReadOnlyList<BiasEvidence> Biases { get; init; } = [];

    /// <summary>The compare rules that have had an effect, by their place in the capability's list.</summary>
    public IReadOnlyList<int> RulesHit { get; init; } = [];

    /// <summary>Compare rules that would pair the items of lists by a key of theirs, as they would stand in the rules file.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Requests that were shown to differ, by noise or not.</summary>
    public long Different { get; } = Sets.Sum(set => set.Different);

    /// <summary>Requests with a verdict.</summary>
    public long Compared => Equal + Different;
}
