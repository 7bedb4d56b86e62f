namespace Strangler.Core.Admin;

/// <summary>Answer of <c>POST /admin/v1/tokens</c>; of <c>DELETE</c>, too, which shows no secret.</summary>
/// <param name="Plan">Number of the plan that is in force now.</param>
/// <param name="Token">The token.</param>
/// <param name="Secret">What the bearer sends; shown this once and kept nowhere. Null for a dry run and for a revoked token.</param>
public sealed record TokenAnswer(long Plan, TokenInfo Token, string? Secret = null);
