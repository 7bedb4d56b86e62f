namespace Strangler.Proxy.Shadow.Triage;

/// <summary>A build of the new side in which a group was seen.</summary>
/// <param name="Name">The build as the new side states it; empty when it states none.</param>
/// <param name="First">When the group was first seen in it.</param>
/// <param name="Last">When the group was last seen in it.</param>
internal sealed record BuildSeen(string Name, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>Most builds that a group remembers; those not seen for longest go.</summary>
    public const int Most = 8;

    /// <summary>Both lists as one, the last seen first.</summary>
    public static List<BuildSeen> Merge(IEnumerable<BuildSeen> one, IEnumerable<BuildSeen> other) => [.. one.Concat(other)
        .GroupBy(build => build.Name, StringComparer.Ordinal)
        .Select(same => new BuildSeen(same.Key, same.Min(build => build.First), same.Max(build => build.Last)))
        .OrderByDescending(build => build.Last)
        .Take(Most)];
}
