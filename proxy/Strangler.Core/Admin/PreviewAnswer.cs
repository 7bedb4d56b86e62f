namespace Strangler.Core.Admin;

/// <summary>Answer of <c>POST /admin/v1/changes:preview</c>: what moves would do, how it is undone, and what is missing.</summary>
/// <param name="Plan">Number of the plan in force, which the preview was made from.</param>
/// <param name="Possible">Whether the change would be made now.</param>
/// <param name="Moves">Each move, in the order in which they follow each other.</param>
public sealed record PreviewAnswer(long Plan, bool Possible, IReadOnlyList<MovePreview> Moves);
