using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads what must be shown before a capability goes up.</summary>
internal static class GateSection
{
    private const string MismatchKey = "max-mismatch";

    public static GateRules? Read(Section capability, DiagnosticBag bag)
    {
        if (capability.OptionalSection("gate") is not { } section) return null;
        var mismatchNode = section.Optional(MismatchKey);
        var confidenceNode = section.Optional("confidence");
        var comparedNode = section.Optional("min-compared");
        var undeterminedNode = section.Optional("max-undetermined");
        var groupsNode = section.Optional("no-new-groups");
        var ratioNode = section.Optional("max-p95-ratio");
        section.Close();

        // No number of exchanges proves that none differs.
        var mismatch = bag.Parse(mismatchNode, $"'{MismatchKey}'", "a percentage above 0% and below 100%", Mismatch, Scalars.PercentHint);
        var confidence = bag.Parse(confidenceNode, "'confidence'", "a percentage from 50% to 99.99%", Confidence, Scalars.PercentHint);
        var compared = bag.Plain(comparedNode, "'min-compared'", "a whole number above 0", Scalars.PositiveInteger);
        var undetermined = bag.Percent(undeterminedNode, "'max-undetermined'");
        var groups = bag.Plain(groupsNode, "'no-new-groups'", "true or false", Scalars.Boolean) ?? false;
        var ratio = bag.Plain(ratioNode, "'max-p95-ratio'", "a number above 0 and at most 100, such as 1.25", Ratio);
        if (mismatchNode is null)
        {
            NeedsMismatch(confidenceNode, "'confidence'", bag);
            NeedsMismatch(comparedNode, "'min-compared'", bag);
            NeedsMismatch(undeterminedNode, "'max-undetermined'", bag);
            var isAlone = confidenceNode is null && comparedNode is null && undeterminedNode is null;
            if (isAlone && ratioNode is null && !groups) bag.Add(section.Node, RuleCodes.MissingKey, "a gate that asks for nothing", $"{MismatchKey}: 0.1%, max-p95-ratio: 1.25");
        }

        return new GateRules(mismatch, confidence ?? GateRules.DefaultConfidence, ratio)
        {
            MinCompared = compared ?? 0,
            MaxUndetermined = undetermined ?? GateRules.DefaultMaxUndetermined,
            NoNewGroups = groups,
        };
    }

    private static void NeedsMismatch(YamlNode? node, string what, DiagnosticBag bag)
    {
        if (node is not null) bag.Add(node, RuleCodes.MissingKey, $"{what} needs '{MismatchKey}'");
    }

    private static double? Mismatch(string text) => Scalars.Percent(text) is { } value and > 0 and < 1 ? value : null;

    private static double? Confidence(string text) => Scalars.Percent(text) is { } value and >= GateRules.MinConfidence and <= GateRules.MaxConfidence ? value : null;

    private static double? Ratio(string text) => Scalars.Number(text) is { } value and > 0 and <= GateRules.LargestP95Ratio ? value : null;
}
