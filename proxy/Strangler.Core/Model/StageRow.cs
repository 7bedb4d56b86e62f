namespace Strangler.Core.Model;

/// <summary>What there is to know of entering one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="TakesShare">Whether units are admitted by share.</param>
/// <param name="Does">What the stage does, for previews.</param>
/// <param name="Undo">How it is left downwards, for previews.</param>
/// <param name="Needs">What must hold before it is entered or its share raised: gives what is missing, one sentence each.</param>
internal sealed record StageRow(Stage Stage, bool TakesShare, string Does, string Undo, Func<Standing, IEnumerable<string>> Needs);
