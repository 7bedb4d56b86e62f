namespace Strangler.Demo.Tour;

/// <summary>What a step counted.</summary>
/// <param name="Seen">Whether that is what was expected.</param>
/// <param name="Counted">The numbers, one sentence per line.</param>
internal sealed record StepResult(bool Seen, IReadOnlyList<string> Counted);
