using Strangler.Core.Compare;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads what is ignored, and the reason, assignee and expiry without which nothing may be.</summary>
internal static class IgnoreSection
{
    private const string All = "all";

    public static IgnoreRule? Read(Section section, DiagnosticBag bag)
    {
        var kindsNode = section.Optional("ignore");
        var (reasonNode, assigneeNode, expiresNode) = (section.Optional("reason"), section.Optional("assignee"), section.Optional("expires"));
        var reason = bag.Text(reasonNode, "'reason'");
        var assignee = bag.Text(assigneeNode, "'assignee'");
        var expires = bag.Parse(expiresNode, "'expires'", "a date such as 2027-03-31", Scalars.Date);
        if (kindsNode is null)
        {
            if (reasonNode is not null || assigneeNode is not null || expiresNode is not null)
            {
                bag.Add(section.Node, RuleCodes.MissingKey, "reason, assignee and expires belong to 'ignore', which is missing");
            }

            return null;
        }

        var kinds = ReadKinds(kindsNode, bag);
        if (reasonNode is null || assigneeNode is null || expiresNode is null)
        {
            bag.Add(section.Node, RuleCodes.MissingKey, "'ignore' needs reason, assignee and expires",
                "reason: \"new field\", assignee: qa, expires: 2027-03-31");
        }

        return reason is null || assignee is null || expires is null ? null : new IgnoreRule(kinds, reason, assignee, expires.Value);
    }

    private static HashSet<DifferenceKind>? ReadKinds(YamlNode node, DiagnosticBag bag)
    {
        if (node is YamlScalarNode { Value: All }) return null;
        if (node is YamlSequenceNode { Children.Count: 0 }) bag.Add(node, RuleCodes.BadValue, "'ignore' is empty", $"ignore: {All}, or name what: {string.Join(", ", DifferenceKinds.Names)}");
        var items = node is YamlSequenceNode list ? list.Children.Take(RulesLimits.Items) : [node];
        var kinds = new HashSet<DifferenceKind>();
        foreach (var item in items)
        {
            if (bag.Text(item, "'ignore'") is not { } name) continue;
            if (DifferenceKinds.TryParse(name, out var kind)) kinds.Add(kind);
            else bag.Add(item, RuleCodes.BadValue, $"'{name}' is no kind of difference", Nearest.Hint(name, [All, .. DifferenceKinds.Names]));
        }

        return kinds;
    }
}
