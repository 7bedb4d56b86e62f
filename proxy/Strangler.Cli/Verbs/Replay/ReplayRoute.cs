using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>Finds the operation of a recorded request and the address at either side, as the edge would.</summary>
/// <param name="rules">The rules.</param>
/// <param name="only">Name of the only capability wanted; null for all.</param>
/// <param name="legacy">Address of legacy in the place of that of the rules; null for that of the rules.</param>
/// <param name="new">The same for the new side.</param>
internal sealed class ReplayRoute(RuleSet rules, string? only, Uri? legacy, Uri? @new)
{
    // The best pattern decides, whichever capability it belongs to.
    private readonly (CapabilityRules Capability, OperationRules Operation, CompareRules Compare)[] _operations = [.. rules.Capabilities
        .SelectMany(capability => capability.Operations.Select(operation => (capability, operation, CompareRules.Of(capability).For(operation.Id))))
        .OrderBy(each => each.operation.Pattern, PathTemplate.BestMatchFirst)];

    /// <summary>The way of a request; null, and why, when it is not sent.</summary>
    public ReplayStep? Find(RecordedRequest request, out string? skipped)
    {
        skipped = null;
        var path = EncodedPath.Unescape(request.Path);
        var method = request.Method is "HEAD" ? "GET" : request.Method;
        foreach (var (capability, operation, compare) in _operations)
        {
            if (operation.Method != method || operation.Pattern.Match(path) is not { } values) continue;
            if (only is not null && capability.Name != only) skipped = "other-capability";
            else if (operation.Semantics != Semantics.Safe || method != "GET") skipped = "not-safe";
            if (skipped is not null) return null;

            return new ReplayStep(
                request,
                operation.Id,
                Join(legacy ?? rules.Legacy.Destinations[0], request.Path + request.Query),
                Join(@new ?? capability.New.Destinations[0], EncodedPath.Escape(operation.NewPattern.Fill(values)) + request.Query),
                compare);
        }

        skipped = method is "GET" ? "no-operation" : "not-safe";
        return null;
    }

    private static Uri Join(Uri destination, string target) => new(destination.GetLeftPart(UriPartial.Authority) + target);
}
