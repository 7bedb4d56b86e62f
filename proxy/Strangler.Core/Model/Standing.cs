using Strangler.Core.Gates;

namespace Strangler.Core.Model;

/// <summary>A capability as it stands when somebody wants to move it.</summary>
/// <param name="Name">Its name, for the sentences.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Gate">What the rules demand before a step up; null for nothing.</param>
/// <param name="Evidence">What is known of it.</param>
public sealed record Standing(string Name, CapabilityState State, GateRules? Gate, GateEvidence Evidence)
{
    /// <summary>The present time, for what only lasts a while.</summary>
    public DateTimeOffset Now { get; init; }
}
