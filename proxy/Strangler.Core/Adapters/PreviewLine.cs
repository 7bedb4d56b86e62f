namespace Strangler.Core.Adapters;

/// <summary>A line of a preview.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Text">Its text.</param>
public readonly record struct PreviewLine(PreviewLineKind Kind, string Text);
