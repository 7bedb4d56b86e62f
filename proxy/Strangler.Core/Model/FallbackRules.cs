namespace Strangler.Core.Model;

/// <summary>What a capability adds to the fallback table.</summary>
/// <param name="OnErrors">Whether safe operations fall back on 5xx other than 502, 503 and 504 too.</param>
/// <param name="SharedKey">
/// The request header with the idempotency key that both stores know; null when they share none. A keyed request that bears it may be asked of legacy
/// when the new side has not answered.
/// </param>
public sealed record FallbackRules(bool OnErrors, string? SharedKey)
{
    /// <summary>The rules when none are named: the table as it stands, no shared key.</summary>
    public static readonly FallbackRules Default = new(OnErrors: false, SharedKey: null);
}
