using Strangler.Core.Admin;
using Strangler.Core.Evidence;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow.Sharing;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>The groups as people see them: those of all edges while the store is there, with what was made of them, in the order of triage.</summary>
/// <param name="groups">Those of this edge.</param>
/// <param name="shared">Those of all edges.</param>
/// <param name="status">Whether the store that edges share is there.</param>
/// <param name="judgements">What was made of them.</param>
/// <param name="standings">What asking legacy twice says of their fields.</param>
/// <param name="newPathOf">The path pattern of an operation at the new side; null when the rules in force do not have it.</param>
/// <param name="time">The clock that says what is over.</param>
internal sealed class GroupReader(
    DifferenceGroups groups, SharedFlush shared, SharedStatus status, Judgements judgements, FieldStandings standings, Func<string, string?> newPathOf, TimeProvider time)
{
    /// <summary>The severity of what makes no answer different.</summary>
    public const string Note = "note";

    private static readonly string Noise = KebabNames<FieldStanding>.Of(FieldStanding.Noise);
    private static readonly string[] Severities = ["high", "medium", "low", Note];

    /// <summary>The groups, and where they come from.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<(IReadOnlyList<DifferenceGroup> Groups, string Store)> ReadAsync(string? capability, CancellationToken cancel)
    {
        var records = await RecordsAsync(capability, cancel);
        return ([.. Ordered(records.Select(View))], Store);
    }

    /// <summary>Groups with how people see them, in the order of triage.</summary>
    public IEnumerable<(GroupRecord Record, DifferenceGroup View)> InOrder(IReadOnlyList<GroupRecord> records)
    {
        var byFingerprint = records.ToDictionary(record => (record.Capability, record.Fingerprint));
        return Ordered(records.Select(View)).Select(view => (byFingerprint[(view.Capability, view.Fingerprint)], view));
    }

    /// <summary>What this edge has seen since it has started.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    public IReadOnlyList<DifferenceGroup> Own(string? capability) => [.. Ordered(groups.Own(capability).Select(View))];

    /// <summary>The groups as they were counted.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<GroupRecord>> RecordsAsync(string? capability, CancellationToken cancel) =>
        await shared.ReadAsync(capability, cancel) ?? groups.Own(capability);

    /// <summary>The groups whose fingerprint begins with a text.</summary>
    public async Task<IReadOnlyList<GroupRecord>> FindAsync(string prefix, CancellationToken cancel) =>
        [.. (await RecordsAsync(null, cancel)).Where(group => group.Fingerprint.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Where the groups come from, in words.</summary>
    public string Store => status.Words(shared.IsShared);

    private static IEnumerable<DifferenceGroup> Ordered(IEnumerable<DifferenceGroup> groups) => groups
        .OrderByDescending(group => GroupStates.IsOpen(group.State))
        .ThenBy(group => group.Standing == Noise)
        .ThenBy(group => Array.IndexOf(Severities, group.Severity))
        .ThenByDescending(group => group.Count)
        .ThenByDescending(group => group.Principals)
        .ThenByDescending(group => group.LastSeen)
        .ThenBy(group => group.Fingerprint, StringComparer.Ordinal);

    /// <summary>A group as people see it.</summary>
    public DifferenceGroup View(GroupRecord group)
    {
        var judgement = judgements.Find(group.Fingerprint);
        var decision = standings.Find(group);
        var samples = group.Samples.All().Select(kept => kept.Sample).ToList();
        return new DifferenceGroup(
            group.Fingerprint,
            group.Capability,
            group.Operation,
            group.Kind,
            group.Path,
            group.Different + group.Noted,
            group.Stale,
            group.Undetermined,
            group.FirstSeen,
            group.LastSeen,
            group.Samples.Last!.Sample,
            group.Severity,
            GroupStates.Of(group, judgement, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            Math.Min(group.Requests.Count, group.Total),
            Math.Min(group.Principals.Count, group.Total),
            group.FirstBuild,
            group.Builds.Count == 0 ? "" : group.Builds[0].Name,
            group.Cause.Sentence,
            judgement is null ? null : Info(judgement),
            samples,
            newPathOf(group.Operation),
            decision is null ? null : KebabNames<FieldStanding>.Of(decision.Standing),
            decision?.Sentence);
    }

    private static JudgementInfo Info(Judgement judgement) => new(
        KebabNames<JudgedAs>.Of(judgement.As), judgement.Actor, judgement.At, judgement.Reason, judgement.Assignee, judgement.Expires);
}
