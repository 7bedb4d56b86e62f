namespace Strangler.Core.Admin;

/// <summary>A rules file inside a plan.</summary>
/// <param name="Name">Its path, as the edge was given it.</param>
/// <param name="Text">Its text.</param>
public sealed record PlanFile(string Name, string Text);
