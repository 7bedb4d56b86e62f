namespace Strangler.Core.Compare;

/// <summary>
/// What a tolerance has let pass at one path. Each deviation is within its bounds; that all of them go in one direction can still be a
/// bug, so that the directions are counted.
/// </summary>
/// <param name="Path">Where, as in <see cref="Difference.Path"/>.</param>
/// <param name="Kind">What it would have been.</param>
/// <param name="Lower">Values that are lower, or earlier, on the new side.</param>
/// <param name="Higher">Values that are higher, or later, on the new side.</param>
public sealed record Tolerated(string Path, DifferenceKind Kind, int Lower, int Higher)
{
    /// <summary>-1 if all are lower, 1 if all are higher, 0 if there are both.</summary>
    public int Sign => (Lower, Higher) switch
    {
        (> 0, 0) => -1,
        (0, > 0) => 1,
        _ => 0,
    };
}
