using Strangler.Core.Model;

namespace Strangler.Core.Resilience;

/// <summary>What the fallback table needs to know of a request, besides the outcome of its attempt.</summary>
/// <param name="Semantics">What repeating the operation does.</param>
/// <param name="Owner">The side that is the system of record for the operation's data.</param>
public readonly record struct FallbackCase(Semantics Semantics, Side Owner)
{
    /// <summary>True at stage retired: legacy is no longer fed, so it answers nothing.</summary>
    public bool IsRetired { get; init; }

    /// <summary>True when the rules let safe operations fall back on 5xx other than 502, 503 and 504.</summary>
    public bool ErrorsFallBack { get; init; }

    /// <summary>True when the request bears an idempotency key that both stores know; counts only for <see cref="Semantics.Keyed"/>.</summary>
    public bool HasSharedKey { get; init; }

    /// <summary>True when the side's answer says that it has not executed the request.</summary>
    public bool SaidNotExecuted { get; init; }
}
