namespace Strangler.Core.Model;

/// <summary>How the unit of a request, whom a decision sticks to, is found.</summary>
/// <param name="SessionCookie">Name of the monolith's session cookie; null when the monolith has none.</param>
public sealed record UnitRules(string? SessionCookie);
