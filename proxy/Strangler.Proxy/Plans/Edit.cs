using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>What a wish makes of the state: the next state, or why not.</summary>
/// <param name="Next">The next state; null when refused.</param>
/// <param name="Capabilities">The capabilities that it is about.</param>
/// <param name="Changes">What changes, in words; empty when nothing does.</param>
internal sealed record Edit(ControlState? Next, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Changes)
{
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public ChangeOutcome Outcome { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<RuleDiagnostic> Diagnostics { get; init; } = [];

    public static Edit Nothing(ControlState state) => new(state, [], []);

    public static Edit Refused(ChangeOutcome outcome, string refusal, IReadOnlyList<RuleDiagnostic>? diagnostics = null) =>
        new(null, [], []) { Outcome = outcome, Refusal = refusal, Diagnostics = diagnostics ?? [] };
}
