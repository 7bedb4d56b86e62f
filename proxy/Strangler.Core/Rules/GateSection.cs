using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>Reads what must be shown before a capability goes up.</summary>
internal static class GateSection
{
    private const double MinConfidence = 0.5;
    private const double MaxConfidence = 0.9999;
    private const double MaxRatio = 100;

    public static GateRules? Read(Section capability, DiagnosticBag bag)
    {
        if (capability.OptionalSection("gate") is not { } section) return null;
        var mismatchNode = section.Optional("max-mismatch");
        var confidenceNode = section.Optional("confidence");
        var ratioNode = section.Optional("max-p95-ratio");
        section.Close();

        // No number of exchanges proves that none differs.
        var mismatch = bag.Parse(mismatchNode, "'max-mismatch'", "a percentage above 0% and below 100%", Mismatch, Scalars.PercentHint);
        var confidence = bag.Parse(confidenceNode, "'confidence'", "a percentage from 50% to 99.99%", Confidence, Scalars.PercentHint);
        var ratio = bag.Plain(ratioNode, "'max-p95-ratio'", "a number above 0 and at most 100, such as 1.25", Ratio);
        if (confidenceNode is not null && mismatchNode is null) bag.Add(confidenceNode, RuleCodes.MissingKey, "'confidence' needs 'max-mismatch'");
        else if (mismatchNode is null && ratioNode is null) bag.Add(section.Node, RuleCodes.MissingKey, "a gate that asks for nothing", "max-mismatch: 0.1%, max-p95-ratio: 1.25");
        return new GateRules(mismatch, confidence ?? GateRules.DefaultConfidence, ratio);
    }

    private static double? Mismatch(string text) => Scalars.Percent(text) is { } value and > 0 and < 1 ? value : null;

    private static double? Confidence(string text) => Scalars.Percent(text) is { } value and >= MinConfidence and <= MaxConfidence ? value : null;

    private static double? Ratio(string text) => Scalars.Number(text) is { } value and > 0 and <= MaxRatio ? value : null;
}
