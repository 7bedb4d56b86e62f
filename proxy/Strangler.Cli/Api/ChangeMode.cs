namespace Strangler.Cli.Api;

/// <summary>Under which plan a change is made, and whether it is.</summary>
/// <param name="Plan">Number of the plan that must be in force; null when any will do.</param>
/// <param name="DryRun">Whether only to say what would change.</param>
internal sealed record ChangeMode(long? Plan, bool DryRun);
