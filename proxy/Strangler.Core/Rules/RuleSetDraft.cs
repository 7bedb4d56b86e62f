using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>The rule set while the files are read, with what must be unique over all of them.</summary>
internal sealed class RuleSetDraft
{
    public LegacyRules? Legacy { get; set; }

    public UnitRules? Unit { get; set; }

    public AdapterRules? Adapters { get; set; }

    public List<CapabilityRules> Capabilities { get; } = [];

    /// <summary>Method and shape of every operation, and the capability that claims it.</summary>
    public Dictionary<string, string> Claimed { get; } = new(StringComparer.Ordinal);

    public RuleSet ToRuleSet() => new(Legacy!, Unit ?? new UnitRules(SessionCookie: null), Adapters, Capabilities);
}
