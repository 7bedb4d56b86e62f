namespace Strangler.Core.Compare;

/// <summary>What was seen when both sides were asked again.</summary>
/// <param name="Freshness">The freshness of the new side at the second ask, compared to the stored legacy answer.</param>
/// <param name="NewEqualsStored">Whether the new side's later answer equals the stored legacy answer.</param>
/// <param name="LegacyEqualsStored">Whether legacy's later answer equals its stored one; null when it could not be asked.</param>
public sealed record SecondLook(Freshness Freshness, bool NewEqualsStored, bool? LegacyEqualsStored);
