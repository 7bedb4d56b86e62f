namespace Strangler.Core.Admin;

/// <summary>What the compare rules of a draft would do to the differences that are stored.</summary>
/// <param name="Capability">Whose differences.</param>
/// <param name="Store">Where the groups come from: see <see cref="DifferencesAnswer"/>.</param>
/// <param name="Groups">Each group, in the order of triage.</param>
public sealed record RulesPreviewAnswer(string Capability, string Store, IReadOnlyList<GroupPreview> Groups);
