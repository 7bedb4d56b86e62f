namespace Strangler.Core.Model;

/// <summary>One segment of a path template.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Text">The literal, or the name of the parameter.</param>
internal readonly record struct TemplateSegment(SegmentKind Kind, string Text);
