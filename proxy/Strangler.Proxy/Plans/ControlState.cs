using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>Everything that a plan is made from: the rules as they were applied, and what operators have decided.</summary>
/// <param name="Plan">Number of the plan.</param>
/// <param name="Rules">The rules files, as text.</param>
/// <param name="Capabilities">Where each capability stands, by name.</param>
/// <param name="LastChanges">The last change of each capability, by name.</param>
/// <param name="Tokens">The tokens of the admin API.</param>
public sealed record ControlState(
    long Plan,
    IReadOnlyList<RulesFile> Rules,
    IReadOnlyDictionary<string, CapabilityState> Capabilities,
    IReadOnlyDictionary<string, LastChange> LastChanges,
    IReadOnlyList<TokenRecord> Tokens)
{
    /// <summary>What people have made of groups of differences, one for each fingerprint.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>The first plan: nobody has decided anything.</summary>
    public static ControlState First(IReadOnlyList<RulesFile> rules) => new(
        1,
        rules,
        new Dictionary<string, CapabilityState>(StringComparer.Ordinal),
        new Dictionary<string, LastChange>(StringComparer.Ordinal),
        []);

    /// <summary>The same with one capability moved; the number stays.</summary>
    public ControlState With(string capability, CapabilityState state, LastChange change) => this with
    {
        Capabilities = new Dictionary<string, CapabilityState>(Capabilities, StringComparer.Ordinal) { [capability] = state },
        LastChanges = new Dictionary<string, LastChange>(LastChanges, StringComparer.Ordinal) { [capability] = change },
    };

    /// <summary>The state of a capability; <see cref="CapabilityState.Initial"/> when nobody has moved it.</summary>
    public CapabilityState Of(string capability) => Capabilities.GetValueOrDefault(capability, CapabilityState.Initial);
}
