namespace Strangler.Core.Model;

/// <summary>How the account of a request is known: by a verified claim or by a header of a listed proxy; exactly one of them.</summary>
/// <param name="Claim">Type of the claim, such as <c>sub</c>, of the user that the host's own authentication has verified.</param>
/// <param name="Header">The header, and who may send it.</param>
public sealed record AccountRules(string? Claim, TrustedHeader? Header);
