namespace Strangler.Core.Model;

/// <summary>The shape of a migration as the rules files declare it: who answers what, never where a capability stands.</summary>
/// <param name="Legacy">The monolith: it gets everything that no capability claims.</param>
/// <param name="Unit">How the unit of a request is found.</param>
/// <param name="Adapters">Where the adapters tell their watermark, or null when no data is kept in step.</param>
/// <param name="Capabilities">The capabilities in the order of the files.</param>
public sealed record RuleSet(
    LegacyRules Legacy, UnitRules Unit, AdapterRules? Adapters, IReadOnlyList<CapabilityRules> Capabilities)
{
    /// <summary>The header by which a trusted caller says how many milliseconds it will wait, and backends are told what is left; null for none.</summary>
    public TrustedHeader? DeadlineHeader { get; init; }

    /// <summary>How much one client may ask; null for as much as it likes.</summary>
    public RateLimitRules? RateLimit { get; init; }
}
