namespace Strangler.Core.Admin;

/// <summary>Outcomes of the exchanges of one capability: requests of which both answers were asked for.</summary>
/// <param name="Compared">Exchanges with a verdict: the sum of <paramref name="Equal"/> and <paramref name="Different"/>.</param>
/// <param name="Equal">Answers that agree under the rules of comparison.</param>
/// <param name="Different">Answers that differ.</param>
/// <param name="Stale">Answers that differed only because the new store had not caught up yet.</param>
/// <param name="Undetermined">Answers that differ, and neither staleness nor a defect could be shown.</param>
/// <param name="Skipped">Copies that were not made or not compared, counted by reason, such as <c>queue-full</c>.</param>
/// <param name="MatchRate">Equal by compared, 0 to 1; null when nothing was compared.</param>
/// <param name="RecentMatchRate">The same over the recent window; null when nothing was compared in it.</param>
/// <param name="RecentCompared">Exchanges with a verdict in the recent window.</param>
public sealed record ShadowStatus(
    long Compared,
    long Equal,
    long Different,
    long Stale,
    long Undetermined,
    IReadOnlyDictionary<string, long> Skipped,
    double? MatchRate = null,
    double? RecentMatchRate = null,
    long RecentCompared = 0);
