namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/tokens</c>.</summary>
/// <param name="Plan">Number of the plan in force: tokens are part of it, so that every edge knows the same.</param>
/// <param name="Tokens">The tokens by name. The bootstrap token, which the edge was started with, is not among them.</param>
public sealed record TokensAnswer(long Plan, IReadOnlyList<TokenInfo> Tokens);
