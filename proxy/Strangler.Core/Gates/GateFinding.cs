namespace Strangler.Core.Gates;

/// <summary>One thing that keeps a gate closed.</summary>
/// <param name="Verdict">How bad it is; never <see cref="Verdict.Pass"/>.</param>
/// <param name="Sentence">What is missing or wrong, with the number, the limit and what to do.</param>
internal sealed record GateFinding(Verdict Verdict, string Sentence);
