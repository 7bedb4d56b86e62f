namespace Strangler.Core.Admin;

/// <summary>What one move would do.</summary>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Verb">What was asked for.</param>
/// <param name="Changes">What would change, one sentence each; empty when nothing would.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
/// <param name="Missing">The preconditions that are missing, one sentence each.</param>
/// <param name="Stage">The stage afterwards; the present one when refused.</param>
/// <param name="Does">What that stage does.</param>
/// <param name="Undo">How that stage is left downwards.</param>
/// <param name="Forecast">The requests that would move; null when refused.</param>
public sealed record MovePreview(
    string Capability,
    string Verb,
    IReadOnlyList<string> Changes,
    string? Refusal,
    IReadOnlyList<string> Missing,
    string Stage,
    string Does,
    string Undo,
    Forecast? Forecast = null);
