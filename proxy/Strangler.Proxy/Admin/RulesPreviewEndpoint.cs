using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Admin;

/// <summary>What the compare rules of a draft would hide of the differences that are stored. It changes nothing.</summary>
internal sealed class RulesPreviewEndpoint(ControlPlane control, RulesSource rules, StatusReader status, GroupReader groups, TimeProvider time)
{
    public async Task<IResult> PreviewAsync(HttpContext context)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.RulesPreviewRequest);
        if (body is null) return problem!;
        if (body.Rules.Count is 0 or > RulesLimits.Files) return Problem.Invalid($"a draft has 1 to {RulesLimits.Files} files, not {body.Rules.Count}");
        var read = rules.Parse(body.Rules);
        if (read.Rules is not { } draft)
        {
            var errors = read.Errors.ToList();
            return Problem.From(ChangeResult.Not(ChangeOutcome.RulesInvalid, control.Plans.Current.Number, $"the draft has {errors.Count} errors", errors), status.All);
        }

        if (draft.Capabilities.FirstOrDefault(each => each.Name == body.Capability) is not { } capability)
        {
            return Problem.NotFound($"the draft has no capability '{body.Capability}'; it has: {string.Join(", ", draft.Capabilities.Select(each => each.Name))}");
        }

        var compare = CompareRules.Of(capability);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var records = await groups.RecordsAsync(body.Capability, context.RequestAborted);
        var previews = groups.InOrder(records).Select(pair => Preview(compare, pair.Record, pair.View, today));
        return TypedResults.Json(new RulesPreviewAnswer(body.Capability, groups.Store, [.. previews]), AdminJson.Default.RulesPreviewAnswer);
    }

    private static GroupPreview Preview(CompareRules draft, GroupRecord group, DifferenceGroup view, DateOnly today)
    {
        var effects = RulePreview.Of(draft.For(group.Operation), [.. group.Samples.All().Select(sample => sample.Difference)], today);
        var (hidden, unknown) = (effects.Count(effect => effect == PreviewEffect.Hidden), effects.Count(effect => effect == PreviewEffect.NotKnown));
        var whole = unknown > 0 && unknown + hidden == effects.Count ? KebabNames<PreviewEffect>.Of(PreviewEffect.NotKnown) : "partly";
        if (hidden == effects.Count) whole = KebabNames<PreviewEffect>.Of(PreviewEffect.Hidden);
        else if (hidden + unknown == 0) whole = KebabNames<PreviewEffect>.Of(PreviewEffect.Stays);
        return new GroupPreview(whole, hidden, unknown, effects.Count, view);
    }
}
