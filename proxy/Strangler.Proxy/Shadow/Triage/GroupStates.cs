using Strangler.Core.Model;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>In which state a group is: what was made of it, and what was seen since.</summary>
internal static class GroupStates
{
    public const string New = "new";
    public const string Regressed = "regressed";

    /// <summary>The state of a group.</summary>
    /// <param name="group">What was seen.</param>
    /// <param name="judgement">What was made of it; null for nothing.</param>
    /// <param name="today">The present day.</param>
    public static string Of(GroupRecord group, Judgement? judgement, DateOnly today) => judgement switch
    {
        null => New,
        _ when judgement.IsOver(today) => New,
        { As: JudgedAs.Acknowledged } when SeenSince(group, judgement).Any(build => IsNew(build, judgement)) => Regressed,
        { As: JudgedAs.Fixed } when SeenSince(group, judgement).Any(build => IsSameOrNewer(build, judgement)) => Regressed,
        _ => KebabNames<JudgedAs>.Of(judgement.As),
    };

    /// <summary>True for what waits for somebody to judge it.</summary>
    public static bool IsOpen(string state) => state is New or Regressed;

    private static IEnumerable<BuildSeen> SeenSince(GroupRecord group, Judgement judgement) => group.Builds.Where(build => build.Last > judgement.At);

    // A side that states no build cannot be told to have a new one.
    private static bool IsNew(BuildSeen build, Judgement judgement) =>
        build.Name.Length > 0 && !judgement.Builds.Contains(build.Name, StringComparer.Ordinal);

    // While builds are exchanged one by one an old one still answers, and proves nothing. Where none is stated every answer counts.
    private static bool IsSameOrNewer(BuildSeen build, Judgement judgement) =>
        build.Name.Length == 0 || build.Name == judgement.Build || IsNew(build, judgement);
}
