namespace Strangler.Core.Admin;

/// <summary>A capability that its breaker has lowered is not raised for a while.</summary>
/// <param name="Until">The end of it.</param>
/// <param name="Why">What had happened, with the numbers.</param>
public sealed record CoolDownStatus(DateTimeOffset Until, string Why);
