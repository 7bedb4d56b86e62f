namespace Strangler.Core.Model;

/// <summary>How the unit of a request, whom a decision sticks to, is found: the account, else the session, else the visitor.</summary>
/// <param name="SessionCookie">Name of the monolith's session cookie; null when the monolith has none.</param>
public sealed record UnitRules(string? SessionCookie)
{
    /// <summary>How the account is known; null when only sessions and visitors are.</summary>
    public AccountRules? Account { get; init; }

    /// <summary>The header that names the groups of a unit, separated by commas; null when there are none.</summary>
    public TrustedHeader? Groups { get; init; }

    /// <summary>True when the edge gives a visitor without session an id of its own, in a signed cookie.</summary>
    public bool MintsVisitor { get; init; }
}
