namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>What evidence holds for: when any of these changes, what was counted before says nothing of what is running now.</summary>
/// <param name="LegacyBuild">Build that legacy has named; empty when it names none.</param>
/// <param name="NewBuild">The same of the new side.</param>
/// <param name="Rules">Version of the compare rules, <see cref="Core.Compare.CompareRules.Version"/>.</param>
internal sealed record EvidenceKey(string LegacyBuild, string NewBuild, string Rules);
