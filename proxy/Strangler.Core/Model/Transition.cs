namespace Strangler.Core.Model;

/// <summary>What became of a wish to move a capability: a new state, or the sentence that says why not and what to do.</summary>
/// <param name="State">The new state; null when refused.</param>
/// <param name="Refusal">Why not, for a tired operator; null when allowed.</param>
public sealed record Transition(CapabilityState? State, string? Refusal)
{
    /// <summary>When refused for preconditions: each one that is missing, in a sentence.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The move is legal and leads to <paramref name="state"/>.</summary>
    public static Transition Allow(CapabilityState state) => new(state, null);

    /// <summary>The move is not legal.</summary>
    public static Transition Refuse(string refusal) => new(null, refusal);
}
