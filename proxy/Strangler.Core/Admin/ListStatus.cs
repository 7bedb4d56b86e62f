namespace Strangler.Core.Admin;

/// <summary>Who an operator has named; units only as a count, because they are people.</summary>
/// <param name="Units">How many units.</param>
/// <param name="Groups">Groups by name.</param>
public sealed record ListStatus(int Units, IReadOnlyList<string> Groups)
{
    /// <summary>Nobody.</summary>
    public static readonly ListStatus Nobody = new(0, []);
}
