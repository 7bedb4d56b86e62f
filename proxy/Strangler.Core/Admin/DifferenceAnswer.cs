namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/differences/{fingerprint}</c>.</summary>
/// <param name="Store">Where the groups come from: see <see cref="DifferencesAnswer"/>.</param>
/// <param name="Group">The group.</param>
public sealed record DifferenceAnswer(string Store, DifferenceGroup Group);
