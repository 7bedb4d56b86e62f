namespace Strangler.Core.Admin;

/// <summary>A token, without the token itself, which nobody has but its owner.</summary>
/// <param name="Name">Who it speaks for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops to be good; null for never.</param>
/// <param name="Expired">Whether it has.</param>
public sealed record TokenInfo(string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool Expired);
