using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Admin;

/// <summary>One group of differences, and what is made of it. A judgement is a part of the plan, so that every edge knows it and the audit log has it.</summary>
internal sealed class DifferenceEndpoints(ControlPlane control, StatusReader status, Wishes wishes, GroupReader groups, Rerunner rerunner, TimeProvider time)
{
    private const int ShortestPrefix = 4;
    private const int FingerprintLength = 32;
    private const int MaxAssignee = 100;
    private const int LongestIgnoreDays = 366;

    public async Task<IResult> OneAsync(HttpContext context, string fingerprint)
    {
        var (group, problem) = await FindAsync(fingerprint, context.RequestAborted);
        return group is null
            ? problem!
            : new TaggedResult(control.Plans.Current.Number, TypedResults.Json(new DifferenceAnswer(groups.Store, groups.View(group)), AdminJson.Default.DifferenceAnswer));
    }

    public Task<IResult> AckAsync(HttpContext context, string fingerprint) => JudgeAsync(context, fingerprint, "ack", JudgedAs.Acknowledged);

    public Task<IResult> IgnoreAsync(HttpContext context, string fingerprint) => JudgeAsync(context, fingerprint, "ignore", JudgedAs.Ignored);

    public Task<IResult> FixAsync(HttpContext context, string fingerprint) => JudgeAsync(context, fingerprint, "fix", JudgedAs.Fixed);

    public Task<IResult> ReopenAsync(HttpContext context, string fingerprint) => JudgeAsync(context, fingerprint, "reopen", judged: null);

    public async Task<IResult> RerunAsync(HttpContext context, string fingerprint)
    {
        // It is no change, so there is nothing to preview: a dry run would ask both sides all the same.
        if (Problem.Unless(Caller.Of(context), Right.Judge) is { } forbidden) return forbidden;
        var (group, problem) = await FindAsync(fingerprint, context.RequestAborted);
        if (group is null) return problem!;
        var (answer, refusal) = await rerunner.RunAsync(group.Fingerprint, context.RequestAborted);
        return answer is null ? Problem.Conflict(refusal!) : TypedResults.Json(answer, AdminJson.Default.RerunAnswer);
    }

    private async Task<IResult> JudgeAsync(HttpContext context, string fingerprint, string verb, JudgedAs? judged)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.JudgeRequest);
        if (body is null) return problem!;
        (var request, problem) = wishes.Conditions(context, body.Reason, anyPlan: true);
        if (request is null) return problem!;
        var now = time.GetUtcNow();
        if (Wrong(body, judged, DateOnly.FromDateTime(now.UtcDateTime)) is { } wrong) return Problem.Invalid(wrong);
        (var group, problem) = await FindAsync(fingerprint, context.RequestAborted);
        if (group is null) return problem!;
        var judgement = judged is { } made ? await MakeAsync(group, made, body, request.Actor, now, context.RequestAborted) : null;
        var result = await control.EditAsync(
            verb, request, state => judgement is null ? Judging.Take(state, group) : Judging.Put(state, group, judgement), CancellationToken.None);
        if (result.Outcome != ChangeOutcome.Done) return Problem.From(result, status.All);
        var rule = judgement is { As: JudgedAs.Ignored } ? IgnoreLine.Of(group, judgement) : null;
        return new TaggedResult(result.Plan, TypedResults.Json(new JudgeAnswer(result.Plan, result.Changes, groups.View(group), rule), AdminJson.Default.JudgeAnswer));
    }

    private static string? Wrong(JudgeRequest body, JudgedAs? judged, DateOnly today)
    {
        if (body.Assignee is { } assignee && (string.IsNullOrWhiteSpace(assignee) || assignee.Length > MaxAssignee)) return $"assignee has 1 to {MaxAssignee} characters";
        if (judged != JudgedAs.Ignored) return body.Expires is null ? null : "only 'ignore' expires";
        if (body.Assignee is null) return "to ignore needs an assignee: somebody has to look after it until it expires";
        if (body.Expires is not { } expires) return "to ignore needs the day on which it expires, such as 2027-03-31";
        return expires < today || expires > today.AddDays(LongestIgnoreDays)
            ? FormattableString.Invariant($"expires is {expires:yyyy-MM-dd}; legal: {today:yyyy-MM-dd} to {today.AddDays(LongestIgnoreDays):yyyy-MM-dd}")
            : null;
    }

    // The builds that the capability's groups were seen in are those that are known by now.
    private async Task<Judgement> MakeAsync(GroupRecord group, JudgedAs judged, JudgeRequest body, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        var builds = (await groups.RecordsAsync(group.Capability, cancel)).SelectMany(each => each.Builds).Select(build => build.Name).Where(name => name.Length > 0);
        return new Judgement(
            group.Fingerprint, group.Capability, judged, actor, now, body.Reason, body.Assignee, body.Expires,
            group.Builds.Count == 0 ? "" : group.Builds[0].Name, [.. builds.Distinct(StringComparer.Ordinal).Take(BuildSeen.Most * BuildSeen.Most)]);
    }

    private async Task<(GroupRecord? Group, IResult? Problem)> FindAsync(string fingerprint, CancellationToken cancel)
    {
        if (fingerprint.Length is < ShortestPrefix or > FingerprintLength || !fingerprint.All(char.IsAsciiHexDigit))
        {
            return (null, Problem.Invalid($"'{fingerprint}' is no fingerprint: {ShortestPrefix} to {FingerprintLength} hexadecimal digits, as the list of differences shows them"));
        }

        var found = await groups.FindAsync(fingerprint, cancel);
        return found.Count switch
        {
            1 => (found[0], null),
            0 => (null, Problem.NotFound($"there is no group '{fingerprint}'; groups that were not seen for 7 days are forgotten")),
            _ => (null, Problem.Conflict($"'{fingerprint}' is the beginning of {found.Count} groups: {string.Join(", ", found.Take(5).Select(group => group.Fingerprint))}")),
        };
    }
}
