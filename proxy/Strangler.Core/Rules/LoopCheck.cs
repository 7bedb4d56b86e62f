namespace Strangler.Core.Rules;

/// <summary>Refuses addresses that lead back to the edge: a request would go round until something breaks.</summary>
internal static class LoopCheck
{
    public static void Check(RuleSetDraft draft, RulesOptions options, DiagnosticBag bag)
    {
        List<EdgeAddress> edges = [.. draft.Edge ?? [], .. options.EdgeAddresses.Select(EdgeAddress.Parse).OfType<EdgeAddress>()];
        foreach (var (node, address, what) in draft.Addresses)
        {
            if (edges.FirstOrDefault(edge => edge.IsAt(address)) is not { } edge) continue;
            bag.Add(node, RuleCodes.Loop, $"{what} '{address.GetLeftPart(UriPartial.Authority)}' is the edge itself, which listens on {edge}",
                "name the backend's own address, behind the edge");
        }
    }
}
