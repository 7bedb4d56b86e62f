namespace Strangler.Core.Rules;

/// <summary>The text of one rules file.</summary>
/// <param name="Name">How diagnostics call it: the path that the user gave.</param>
/// <param name="Text">Its YAML.</param>
public sealed record RulesFile(string Name, string Text);
