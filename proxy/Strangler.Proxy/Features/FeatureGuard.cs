using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Features;

/// <summary>
/// Asks the stock Microsoft.FeatureManagement, through the very definitions that would be published, whether it agrees with a plan. Two
/// pieces of code that compute a bucket are one mistake away from two answers; a plan on which they differ must not come into force.
/// </summary>
internal sealed class FeatureGuard
{
    /// <summary>The first disagreement as a sentence; null when there is none among some thousand answers per capability.</summary>
    /// <param name="next">The plan that shall come into force.</param>
    /// <param name="previous">The plan in force: what has not changed since is not asked again. Null to ask everything.</param>
    public static string? Disagreement(Plan next, Plan? previous) =>
        next.Capabilities.Where(c => HasChanged(c, previous)).Select(Disagreement).FirstOrDefault(d => d is not null);

    private static bool HasChanged(CapabilityPlan capability, Plan? previous) =>
        previous?.FindCapability(capability.Rules.Name) is not { } before
        || !ReferenceEquals(before.Rules, capability.Rules)
        || before.State != capability.State;

    private static string? Disagreement(CapabilityPlan capability)
    {
        var name = capability.Rules.Name;
        try
        {
            using var document = new MemoryStream(FeatureDocument.Write([capability]));
            using var definitions = new ConfigurationFeatureDefinitionProvider(new ConfigurationBuilder().AddJsonStream(document).Build());
            var library = new FeatureManager(definitions, new FeatureManagementOptions());
            return Disagreement(library, FeatureDocument.ReadFeature(name), Operation(capability, isRead: true))
                ?? Disagreement(library, FeatureDocument.WriteFeature(name), Operation(capability, isRead: false));
        }
        catch (Exception error) when (error is FeatureManagementException or InvalidOperationException or FormatException)
        {
            return $"Microsoft.FeatureManagement cannot read the features of '{name}': {error.Message}";
        }
    }

    private static OperationPlan? Operation(CapabilityPlan capability, bool isRead) =>
        capability.Operations.FirstOrDefault(o => isRead ? o.Rules.Semantics == Semantics.Safe : !o.MovesWithReads);

    private static string? Disagreement(FeatureManager library, string feature, OperationPlan? operation)
    {
        if (operation is null) return null;
        foreach (var person in GuardSample.Of(operation.Capability.State))
        {
            var context = new TargetingContext { UserId = person.Unit, Groups = person.Groups };

            // Nothing is awaited: neither definitions nor percentiles need anything from outside.
            var theirs = library.GetVariantAsync(feature, context).AsTask().GetAwaiter().GetResult()?.Name ?? "no variant";
            var ours = RouteDecision.ToName(Decider.Decide(operation, new Requester(person.Unit, string.Join(',', person.Groups))).Side);
            if (theirs != ours) return Sentence(operation.Capability.Rules.Name, feature, person.Unit, ours, theirs);
        }

        return null;
    }

    // The bucket, not the unit: the sentence goes into answers and logs, where no unit may stand.
    private static string Sentence(string capability, string feature, string unit, string ours, string theirs) =>
        $"'{capability}': for the unit in bucket {Bucket.Of(unit, capability):x8} the plan says {ours} and Microsoft.FeatureManagement says {theirs} to"
        + $" {feature}. The plan was not put into force; this is a defect of the edge, please report it";
}
