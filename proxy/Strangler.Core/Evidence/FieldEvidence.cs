namespace Strangler.Core.Evidence;

/// <summary>What was seen of one field since the last change of either build or of the rules.</summary>
/// <param name="Field">The field.</param>
/// <param name="Counts">Its paired counts; the triples are those of its operation.</param>
/// <param name="Alarmed">Whether it has ever been shown to be a regression: a later lull does not take that back.</param>
public sealed record FieldEvidence(EvidenceField Field, PairedCounts Counts, bool Alarmed)
{
    /// <summary>Requests of its operation for which legacy was not asked twice.</summary>
    public long Singles { get; init; }

    /// <summary>Of these, those in which the new side differs here.</summary>
    public long SinglesDiffer { get; init; }
}
