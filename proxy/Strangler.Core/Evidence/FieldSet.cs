namespace Strangler.Core.Evidence;

/// <summary>Requests that differ in exactly the same fields: whether noise explains them depends on all of these.</summary>
/// <param name="Fields">Indices into <see cref="MismatchEvidence.Fields"/>; null for fields beyond what is told apart, which nothing explains.</param>
/// <param name="Different">Requests that were shown to differ.</param>
/// <param name="Undetermined">Requests that differed and of which neither a defect nor lag could be shown.</param>
public sealed record FieldSet(IReadOnlyList<int>? Fields, long Different, long Undetermined);
