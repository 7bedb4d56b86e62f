namespace Strangler.Cli.Api;

/// <summary>Under which plan a change is made, and whether it is.</summary>
/// <param name="IfMatch">The plan that must be in force: <see cref="AdminClient.OnlyPlan"/> or <see cref="AdminClient.AnyPlan"/>.</param>
/// <param name="DryRun">Whether only to say what would change.</param>
internal sealed record ChangeMode(string IfMatch, bool DryRun);
