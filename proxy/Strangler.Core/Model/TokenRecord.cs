namespace Strangler.Core.Model;

/// <summary>A token of the admin API, as it is kept: never the token itself.</summary>
/// <param name="Name">Who it speaks for: the actor in the audit log.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops to be good; null for never.</param>
public sealed record TokenRecord(string Name, Role Role, string Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
