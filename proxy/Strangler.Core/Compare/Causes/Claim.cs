namespace Strangler.Core.Compare.Causes;

/// <summary>An explanation, and for how many differences it holds.</summary>
internal sealed record Claim(long Count, string Text);
