namespace Strangler.Core.Rules;

/// <summary>
/// Refuses patterns of which nobody could say whose request is whose: the same one twice, two of different capabilities that cross, one
/// for which the others leave nothing, and so many mixed ones that the router's table would fill the memory.
/// </summary>
internal static class PatternChecks
{
    private const string Rest = "/{**}";
    private const string Any = "/{}";

    public static void Check(RuleSetDraft draft, DiagnosticBag bag)
    {
        foreach (var method in draft.Claims.GroupBy(c => c.Method, StringComparer.Ordinal))
        {
            var claims = RefuseDuplicates(method, bag);
            RefuseOverlaps(claims, bag);
            RefuseNeverMatching(claims, bag);
        }

        if (RouterSize.Exceeds(draft.Claims.Select(c => c.Pattern).ToList(), RulesLimits.RouterStates))
        {
            bag.Add(draft.Claims[^1].Node, RuleCodes.TooMany,
                $"the patterns of all capabilities mix names and parameters at so many depths that the router would need more than {RulesLimits.RouterStates:N0} states",
                "let the first segments of a pattern be names");
        }
    }

    private static List<Claim> RefuseDuplicates(IEnumerable<Claim> claims, DiagnosticBag bag)
    {
        // As the router compares literals.
        var byShape = new Dictionary<string, Claim>(StringComparer.OrdinalIgnoreCase);
        foreach (var claim in claims)
        {
            if (byShape.TryAdd(claim.Pattern.Shape, claim)) continue;
            bag.Add(claim.Node, RuleCodes.Duplicate, $"'{claim}' is claimed by '{byShape[claim.Pattern.Shape].Capability}' already, as '{byShape[claim.Pattern.Shape]}'",
                "a path belongs to one capability, whatever its parameters are called");
        }

        return [.. byShape.Values];
    }

    // Within one capability the router decides by the first segment in which they differ, a name before a parameter. Between two, readers
    // of one of the files would have to know the other.
    private static void RefuseOverlaps(List<Claim> claims, DiagnosticBag bag)
    {
        for (var i = 1; i < claims.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (later, earlier) = (claims[i], claims[j]);
                if (later.Capability == earlier.Capability) continue;
                if (PatternRelations.Covers(later.Pattern, earlier.Pattern) || PatternRelations.Covers(earlier.Pattern, later.Pattern)) continue;
                if (PatternRelations.CommonPath(later.Pattern, earlier.Pattern) is not { } path) continue;
                bag.Add(later.Node, RuleCodes.Overlap, $"'{later}' of '{later.Capability}' and '{earlier}' of '{earlier.Capability}' both match {path}, and neither is the more specific one",
                    "put both into one capability, or make one of them match less");
                break;
            }
        }
    }

    // Only a catch-all can be used up, and only by one that starts later together with everything in between: a name or a parameter alone
    // is always the more specific one.
    private static void RefuseNeverMatching(List<Claim> claims, DiagnosticBag bag)
    {
        var byShape = claims.ToDictionary(c => c.Pattern.Shape, StringComparer.OrdinalIgnoreCase);
        foreach (var claim in claims.Where(c => c.Pattern.Shape.EndsWith(Rest, StringComparison.Ordinal)))
        {
            if (UsedUpBy(claim, byShape) is not { } others) continue;
            bag.Add(claim.Node, RuleCodes.NeverMatches, $"'{claim}' can never match: {string.Join(", ", others.Select(o => $"'{o}'"))} leave no path to it", "remove it");
        }
    }

    private static List<Claim>? UsedUpBy(Claim claim, Dictionary<string, Claim> byShape)
    {
        var others = new List<Claim>();
        var prefix = claim.Pattern.Shape[..^Rest.Length];
        while (byShape.TryGetValue(prefix, out var exact))
        {
            others.Add(exact);
            prefix += Any;
            if (!byShape.TryGetValue(prefix + Rest, out var rest)) continue;
            others.Add(rest);
            return others;
        }

        return null;
    }
}
