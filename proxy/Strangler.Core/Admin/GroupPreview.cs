namespace Strangler.Core.Admin;

/// <summary>What a draft would do to one group. It is told from the samples, as values are not stored.</summary>
/// <param name="Effect"><c>hidden</c>: all samples; <c>stays</c>: none; <c>partly</c>: some; <c>not-known</c>: what is stored does not tell.</param>
/// <param name="Hidden">Samples that would be hidden.</param>
/// <param name="NotKnown">Samples of which it cannot be told.</param>
/// <param name="Samples">Samples that were looked at.</param>
/// <param name="Group">The group.</param>
public sealed record GroupPreview(string Effect, int Hidden, int NotKnown, int Samples, DifferenceGroup Group);
