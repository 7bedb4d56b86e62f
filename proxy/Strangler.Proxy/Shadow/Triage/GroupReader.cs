using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow.Sharing;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>The groups as people see them: those of all edges while the store is there, with what was made of them, in the order of triage.</summary>
internal sealed class GroupReader(DifferenceGroups groups, SharedFlush shared, SharedStatus status, Judgements judgements, TimeProvider time)
{
    private static readonly string[] Severities = ["high", "medium", "low", "note"];

    /// <summary>The groups, and where they come from.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<(IReadOnlyList<DifferenceGroup> Groups, string Store)> ReadAsync(string? capability, CancellationToken cancel)
    {
        var records = await RecordsAsync(capability, cancel);
        return ([.. Ordered(records.Select(View))], status.Words(shared.IsShared));
    }

    /// <summary>What this edge has seen since it has started.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    public IReadOnlyList<DifferenceGroup> Own(string? capability) => [.. Ordered(groups.Own(capability).Select(View))];

    /// <summary>The groups as they were counted.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<GroupRecord>> RecordsAsync(string? capability, CancellationToken cancel) =>
        await shared.ReadAsync(capability, cancel) ?? groups.Own(capability);

    private static IEnumerable<DifferenceGroup> Ordered(IEnumerable<DifferenceGroup> groups) => groups
        .OrderByDescending(group => GroupStates.IsOpen(group.State))
        .ThenBy(group => Array.IndexOf(Severities, group.Severity))
        .ThenByDescending(group => group.Count)
        .ThenByDescending(group => group.Principals)
        .ThenByDescending(group => group.LastSeen)
        .ThenBy(group => group.Fingerprint, StringComparer.Ordinal);

    private DifferenceGroup View(GroupRecord group)
    {
        var judgement = judgements.Find(group.Fingerprint);
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
            group.Requests.Count,
            group.Principals.Count,
            group.FirstBuild,
            group.Builds.Count == 0 ? "" : group.Builds[0].Name,
            group.Cause.Sentence,
            judgement is null ? null : Info(judgement),
            samples);
    }

    private static JudgementInfo Info(Judgement judgement) => new(
        KebabNames<JudgedAs>.Of(judgement.As), judgement.Actor, judgement.At, judgement.Reason, judgement.Assignee, judgement.Expires);
}
