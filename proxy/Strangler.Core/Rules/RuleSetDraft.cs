using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>The rule set while the files are read, with what can be checked only when all of them are.</summary>
internal sealed class RuleSetDraft
{
    public LegacyRules? Legacy { get; set; }

    public UnitRules? Unit { get; set; }

    public AdapterRules? Adapters { get; set; }

    public RateLimitRules? RateLimit { get; set; }

    /// <summary>The header of the caller's deadline, and where it stands.</summary>
    public TrustedHeader? Deadline { get; set; }

    public YamlNode? DeadlineNode { get; set; }

    /// <summary>Where the edge itself is found, as the files say.</summary>
    public IReadOnlyList<EdgeAddress>? Edge { get; set; }

    public List<CapabilityRules> Capabilities { get; } = [];

    /// <summary>The capabilities read so far, those with errors included.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Every address that a request may be sent to, where it stands, and how messages call it.</summary>
    public List<(YamlNode Node, Uri Address, string What)> Addresses { get; } = [];

    /// <summary>Every pattern, in the order of the files.</summary>
    public List<Claim> Claims { get; } = [];

    /// <summary>Where data is declared to be owned per unit.</summary>
    public List<(YamlNode Node, string Capability)> PerUnit { get; } = [];

    /// <summary>Every capability that an operation of another one says it changes, and where it stands.</summary>
    public List<(YamlNode Node, string Capability)> Affected { get; } = [];

    public RuleSet ToRuleSet() => new(Legacy!, Unit ?? new UnitRules(SessionCookie: null), Adapters, Capabilities) { RateLimit = RateLimit, DeadlineHeader = Deadline };
}
