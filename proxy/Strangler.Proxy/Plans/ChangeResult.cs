using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>What became of a wish to change the plan.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Plan">Number of the plan in force afterwards.</param>
/// <param name="Message">Why it was not done, and what to do; null when done.</param>
/// <param name="Changes">What changed, in words; empty when nothing did.</param>
/// <param name="InFlight">Requests decided under an older plan that are still on the new side; only counted when the change lowers.</param>
/// <param name="Diagnostics">What is wrong with the rules; only for <see cref="ChangeOutcome.RulesInvalid"/>.</param>
public sealed record ChangeResult(
    ChangeOutcome Outcome,
    long Plan,
    string? Message,
    IReadOnlyList<string> Changes,
    long InFlight,
    IReadOnlyList<RuleDiagnostic> Diagnostics)
{
    /// <summary>The preconditions that are missing, one sentence each; only for <see cref="ChangeOutcome.Refused"/>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    internal static ChangeResult Done(long plan, IReadOnlyList<string> changes, long inFlight = 0) =>
        new(ChangeOutcome.Done, plan, null, changes, inFlight, []);

    internal static ChangeResult Not(ChangeOutcome outcome, long plan, string message, IReadOnlyList<RuleDiagnostic>? diagnostics = null) =>
        new(outcome, plan, message, [], 0, diagnostics ?? []);
}
