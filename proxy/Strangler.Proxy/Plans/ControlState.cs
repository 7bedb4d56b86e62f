using Strangler.Core.Admin;
using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>What operators have decided: kept in the control store, so that it survives a restart.</summary>
/// <param name="Plan">Number of the plan made from it.</param>
/// <param name="Capabilities">Where each capability stands, by name.</param>
/// <param name="LastChanges">The last change of each capability, by name.</param>
public sealed record ControlState(
    long Plan,
    IReadOnlyDictionary<string, CapabilityState> Capabilities,
    IReadOnlyDictionary<string, LastChange> LastChanges)
{
    /// <summary>Nobody has decided anything.</summary>
    public static readonly ControlState Initial = new(
        1, new Dictionary<string, CapabilityState>(StringComparer.Ordinal), new Dictionary<string, LastChange>(StringComparer.Ordinal));

    /// <summary>The same with one capability moved, under the next plan number.</summary>
    public ControlState With(string capability, CapabilityState state, LastChange change) => new(
        Plan + 1,
        new Dictionary<string, CapabilityState>(Capabilities, StringComparer.Ordinal) { [capability] = state },
        new Dictionary<string, LastChange>(LastChanges, StringComparer.Ordinal) { [capability] = change });

    /// <summary>The state of a capability; <see cref="CapabilityState.Initial"/> when nobody has moved it.</summary>
    public CapabilityState Of(string capability) => Capabilities.GetValueOrDefault(capability, CapabilityState.Initial);
}
